// Create new files on each run
strategy: "create_new"

// Replace destination data
strategy: "replace"

// CSV format
format: "csv"

// NDJSON (newline-delimited JSON)
format: "ndjson"

// No compression (default)
compression: "none"

// Gzip compression
compression: "gzip"

// Snappy compression
compression: "snappy"

// Manual execution only
schedule: "@on-demand"

// Run once immediately
schedule: "@once"

// Every hour
schedule: "0 * * * *"

// Daily at midnight
schedule: "0 0 * * *"

// Every 15 minutes
schedule: "*/15 * * * *"

// Weekdays at 6 AM
schedule: "0 6 * * 1-5"
