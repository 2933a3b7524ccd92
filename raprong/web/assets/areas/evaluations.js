// From KPI to KPI by keys.
import "../way.js";
