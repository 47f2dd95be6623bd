-- Revenue by day of the week
WITH days AS (
  SELECT date, 0 AS posts, orders, revenue FROM orders
  UNION ALL
  SELECT date, 1 AS posts, 0 AS orders, 0 AS revenue FROM posts
)
SELECT
  dayname(date) AS weekday,
  SUM(posts) AS posts,
  SUM(orders) AS orders,
  SUM(revenue) AS revenue,
  SUM(revenue) / NULLIF(SUM(SUM(revenue)) OVER (), 0) AS share,
  SUM(revenue) / NULLIF(SUM(orders), 0) AS aov
FROM days
GROUP BY dayname(date)
ORDER BY SUM(revenue) DESC, dayname(date);
