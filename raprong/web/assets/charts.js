// Draws the figures that carry data-chart, from the data that lies in them. The table beneath each says the same.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

const INK = "#1b2733";
const MUTED = "#55626f";
const LINE = "#dfe4ea";
const BRAND = "#14506b";
const GOLD = "#b98a2f";
const GOLD_INK = "#76540f";
const text = { fontFamily: "Sarabun, sans-serif", fontSize: 14, color: INK };

const number = (value) => (value === null || value === undefined || value === "" ? null : Number(value));

function yearOption({ kpis, total, top, words }, width) {
  const rows = [...kpis].reverse();
  return {
    height: 40 + rows.length * 38,
    option: {
      textStyle: text,
      aria: { enabled: false },
      grid: { left: 8, right: 64, top: 28, bottom: 24, containLabel: true },
      tooltip: {
        renderMode: "richText",
        confine: true,
        formatter: ({ dataIndex }) => tooltipOf(rows[dataIndex], words),
      },
      xAxis: {
        type: "value", min: 0, max: top, interval: 1,
        axisLabel: { ...text, color: MUTED }, splitLine: { lineStyle: { color: LINE } },
      },
      yAxis: {
        type: "category", data: rows.map((kpi) => `${kpi.code} (${number(kpi.weight)}) ${kpi.name}`),
        axisLabel: { ...text, width: Math.min(320, width * 0.42), overflow: "truncate" }, axisTick: { show: false }, axisLine: { lineStyle: { color: LINE } },
      },
      series: [{
        type: "bar", z: 3, barWidth: 16, itemStyle: { color: BRAND, borderRadius: [0, 4, 4, 0] },
        data: rows.map((kpi) => number(kpi.score) ?? 0),
        label: { show: true, position: "right", ...text, backgroundColor: "#fff", padding: [1, 3], formatter: ({ dataIndex }) => rows[dataIndex].score ?? words.none },
        markLine: total === null ? undefined : {
          symbol: "none", silent: true, z: 1, lineStyle: { color: BRAND, type: "dashed", width: 1.5 },
          label: { ...text, color: BRAND, formatter: `${words.total} ${total}` },
          data: [{ xAxis: number(total) }],
        },
      }],
    },
  };
}

const tooltipOf = (kpi, words) =>
  `${kpi.code} ${kpi.name}\n${words.weight} ${kpi.weight}\n${words.score} ${kpi.score ?? words.none}`;

// Level lines that lie closer than a line of text share the label of the highest among them.
const SHARE_OF_A_LABEL = 0.06;

function labelled(levels, span) {
  const shown = [];
  for (const [, value] of [...levels].reverse()) {
    if (shown.every((other) => Math.abs(other - number(value)) >= span * SHARE_OF_A_LABEL)) shown.push(number(value));
  }
  return shown;
}

// About five ticks at round figures.
function niceStep(span) {
  const rough = (span || 5) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 2.5, 5, 10].find((times) => times * power >= rough) * power;
}

function monthsOption({ months, levels, unit, target, words }) {
  const seen = [...months.map((month) => number(month.result)), ...levels.map(([, value]) => number(value)), number(target)]
    .filter((value) => value !== null);
  const span = Math.max(...seen) - Math.min(...seen);
  const step = niceStep(span);
  const from = Math.floor(Math.min(...seen) / step) * step;
  const to = Math.max(Math.ceil(Math.max(...seen) / step) * step, from + step);
  const shown = labelled(levels, span);
  const marks = levels.map(([level, value]) => ({
    yAxis: number(value),
    lineStyle: { color: LINE, type: "solid" },
    label: {
      ...text, fontSize: 12, color: MUTED, position: "end", show: shown.includes(number(value)),
      formatter: `${words.level} ${level} · ${value}`,
    },
  }));
  if (target !== null) {
    marks.push({
      yAxis: number(target),
      lineStyle: { color: GOLD, type: "dashed", width: 1.5 },
      label: { ...text, fontSize: 12, color: GOLD_INK, position: "insideStartTop", formatter: `${words.target} ${target}` },
    });
  }
  return {
    height: 320,
    option: {
      textStyle: text,
      aria: { enabled: false },
      grid: { left: 8, right: 92, top: 20, bottom: 8, containLabel: true },
      tooltip: {
        renderMode: "richText",
        confine: true,
        trigger: "axis",
        formatter: ([{ dataIndex }]) => `${months[dataIndex].label}\n${months[dataIndex].result ?? words.none} ${unit}`,
      },
      xAxis: { type: "category", data: months.map((month) => month.label), axisLabel: { ...text, fontSize: 12, color: MUTED }, axisTick: { show: false }, axisLine: { lineStyle: { color: LINE } } },
      yAxis: {
        type: "value", min: from, max: to, interval: step,
        axisLabel: { ...text, color: MUTED }, splitLine: { show: false },
      },
      series: [{
        type: "line", data: months.map((month) => number(month.result)), connectNulls: false,
        symbol: "circle", symbolSize: 8, lineStyle: { color: BRAND, width: 2.5 }, itemStyle: { color: BRAND },
        markLine: { symbol: "none", silent: true, data: marks },
      }],
    },
  };
}

const KINDS = { year: yearOption, months: monthsOption };

function draw(figure) {
  const data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
  const canvas = figure.querySelector(".chart-canvas");
  // The canvas is hidden while it is empty; it needs its width before the chart is measured.
  canvas.style.display = "block";
  const { height, option } = KINDS[figure.dataset.chart](data, canvas.clientWidth);
  canvas.style.height = `${height}px`;
  figure.querySelector("details").open = false;
  const chart = init(canvas);
  chart.setOption({ animation: false, ...option });
  new ResizeObserver(() => chart.resize()).observe(canvas);
}

const drawAll = (root) => root.querySelectorAll("figure[data-chart]").forEach(draw);

document.fonts.ready.then(() => drawAll(document));
document.addEventListener("htmx:afterSwap", (event) => drawAll(event.target));
