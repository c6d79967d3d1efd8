package conversations.deletion.bench;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the charts, as SVG files beside the results. */
final class Charts {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 360;
  private static final int TENTHS_A_POINT = 5;

  /** Letters are drawn as outlines whose numbers have more digits than a reader can see. */
  private static final Pattern FINER_THAN_TENTHS = Pattern.compile("(\\d\\.\\d)\\d+");

  private Charts() {}

  /**
   * Draws the records deleted over time.
   *
   * @param deletes the number in each tenth of a second
   * @param script the records per second of the usual script
   */
  static void throughput(List<Long> deletes, double script, int limit) throws IOException {
    int halves = deletes.size() / TENTHS_A_POINT;
    double[] seconds = IntStream.range(0, halves).mapToDouble(i -> (i + 0.5) / 2).toArray();
    double[] rates = IntStream.range(0, halves).mapToDouble(i -> rate(deletes, i)).toArray();
    double[] ends = {0, halves / 2.0};
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Records deleted per second under DynamoDB's limits")
            .xAxisTitle("seconds")
            .yAxisTitle("records per second")
            .build();
    style(chart.getStyler());
    chart.getStyler().setYAxisMin(0.0).setXAxisMin(0.0);
    chart.addSeries("engine", seconds, rates).setMarker(SeriesMarkers.NONE);
    chart.addSeries("the table's limit", ends, both(limit)).setMarker(SeriesMarkers.NONE);
    chart
        .addSeries("script: one call after another", ends, both(script))
        .setMarker(SeriesMarkers.NONE);
    save(chart, "throughput");
  }

  private static double rate(List<Long> deletes, int half) {
    int first = half * TENTHS_A_POINT;
    return 2.0
        * deletes.subList(first, first + TENTHS_A_POINT).stream().mapToLong(Long::longValue).sum();
  }

  private static double[] both(double value) {
    return new double[] {value, value};
  }

  /** Draws the CPU seconds of jobs by their number of records. */
  static void growth(double[] records, double[] seconds) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("CPU time by job size")
            .xAxisTitle("records")
            .yAxisTitle("CPU seconds")
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.addSeries("engine", records, seconds).setMarker(SeriesMarkers.CIRCLE);
    double each = seconds[0] / records[0];
    chart
        .addSeries("proportional", records, Arrays.stream(records).map(n -> n * each).toArray())
        .setMarker(SeriesMarkers.NONE);
    save(chart, "growth");
  }

  /** Draws the US dollars per million records, by the number of records per conversation. */
  static void cost(List<String> sizes, List<Double> ours, List<Double> script, List<Double> floor)
      throws IOException {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Cost of deleting a million records of 1 KB")
            .xAxisTitle("records per conversation")
            .yAxisTitle("USD")
            .build();
    style(chart.getStyler());
    chart.addSeries("engine: verified, resumable, reported", sizes, ours);
    chart.addSeries("script: Query and BatchWriteItem alone", sizes, script);
    chart.addSeries("the deletes alone", sizes, floor);
    save(chart, "cost");
  }

  private static void style(Styler styler) {
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
  }

  private static void save(Chart<?, ?> chart, String name) throws IOException {
    Files.createDirectories(Benchmark.target());
    Path file = Benchmark.target().resolve(name + ".svg");
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    Files.writeString(file, FINER_THAN_TENTHS.matcher(Files.readString(file)).replaceAll("$1"));
  }
}
