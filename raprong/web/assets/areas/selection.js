// Live sums of weights, and keys that lead from slide to slide. Without this every link and form works by itself.
import "../sums.js";
import "../way.js";
