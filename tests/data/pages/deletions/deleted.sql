SELECT * FROM your_datasource FINAL
SELECT * FROM your_top_node WHERE _meta_op = 'd'
