package io.github.istioegress.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.layout.RenderedFiles;
import io.github.istioegress.layout.Rendering;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Says, expands, writes, reads and traces fleets, and prints what each step takes. Every call has
 * to leave through the gateway, or the run fails: a wrong answer is never fast.
 */
public final class FleetBenchmark {

  private static final int PASSES = 3;

  private FleetBenchmark() {}

  /**
   * Runs it.
   *
   * @param args the numbers of tenants, with commas between; then, where not all calls are wanted,
   *     the most that are traced of a fleet, spread evenly
   */
  public static void main(String[] args) {
    int most = args.length > 1 ? Integer.parseInt(args[1]) : Integer.MAX_VALUE;
    // What the JVM compiles on the way is not what is measured.
    run(new Fleet(10), false, most);
    run(new Fleet(10), true, most);
    System.out.println(Figures.HEADER);
    for (String tenants : args[0].split(",", -1)) {
      Fleet fleet = new Fleet(Integer.parseInt(tenants.strip()));
      System.out.println(run(fleet, false, most));
      System.out.println(run(fleet, true, most));
    }
  }

  /** A result and the processor's time for it, which other work on the machine does not change. */
  private record Timed<T>(T value, double millis) {
    static <T> Timed<T> of(Supplier<T> work) {
      long start = cpuNanos();
      T value = work.get();
      return new Timed<>(value, (cpuNanos() - start) / 1e6);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Figures run(Fleet fleet, boolean open, int most) {
    Timed<EgressPlan> plan = Timed.of(fleet::plan);
    Timed<ResourceSet> expanded = Timed.of(() -> Expansion.expand(plan.value()).resources());
    ResourceSet resources = open ? Fleet.open(expanded.value()) : expanded.value();
    // One file a namespace, as a fleet is kept.
    Timed<RenderedFiles> files =
        Timed.of(
            () ->
                new Rendering(OutputLayouts.named("namespace")).all("fleet", resources, List.of()));
    List<SourceFile> texts =
        files.value().files().stream()
            .map(file -> new SourceFile(file.path(), file.text()))
            .toList();
    Timed<Integer> parsed = Timed.of(() -> documents(texts));
    if (parsed.value() != resources.size()) {
      throw new IllegalStateException(
          "%d documents were written, and %d read".formatted(resources.size(), parsed.value()));
    }
    long before = held();
    Timed<ReadManifests> read = Timed.of(() -> new ManifestReader().read(texts));
    if (!read.value().findings().isEmpty()) {
      throw new IllegalStateException(read.value().findings().toString());
    }
    long resourcesHeld = held() - before;
    Timed<Tracer> tracer =
        Timed.of(
            () ->
                Tracer.of(
                    read.value().resources(),
                    Fleet.gateways(),
                    plan.value().mesh().config(),
                    plan.value().mesh().version()));
    List<Call> calls = sample(fleet.calls(), most);
    double[] first = traced(tracer.value(), calls);
    double[] warm = first;
    for (int pass = 0; pass < PASSES; pass++) {
      warm = traced(tracer.value(), calls);
    }
    long tracerHeld = held() - before - resourcesHeld;
    if (tracer.value().gatewayPorts().isEmpty()) {
      throw new IllegalStateException("the tracer has to live until its memory is counted");
    }
    return new Figures(
        fleet.tenants(),
        open,
        resources.size(),
        plan.millis(),
        expanded.millis(),
        files.millis(),
        parsed.millis(),
        read.millis(),
        tracer.millis(),
        calls.size(),
        Arrays.stream(first).sum(),
        Arrays.stream(warm).average().orElse(0),
        percentile(warm, 99),
        resourcesHeld,
        tracerHeld);
  }

  private static int documents(List<SourceFile> files) {
    YAMLMapper mapper = new YAMLMapper();
    int count = 0;
    for (SourceFile file : files) {
      try (MappingIterator<JsonNode> documents =
          mapper.readerFor(JsonNode.class).readValues(file.text())) {
        while (documents.hasNextValue()) {
          documents.nextValue();
          count++;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return count;
  }

  private static List<Call> sample(List<Call> calls, int most) {
    int step = Math.max(1, calls.size() / most + (calls.size() % most == 0 ? 0 : 1));
    List<Call> sample = new ArrayList<>();
    // A step that shares no factor with the destinations meets HTTP and TLS alike.
    for (int i = 0; i < calls.size(); i += step == 1 ? 1 : step | 1) {
      sample.add(calls.get(i));
    }
    return sample;
  }

  /** The milliseconds of each call. */
  private static double[] traced(Tracer tracer, List<Call> calls) {
    double[] millis = new double[calls.size()];
    for (int i = 0; i < millis.length; i++) {
      Call call = calls.get(i);
      Timed<Trace> trace = Timed.of(() -> tracer.trace(call));
      millis[i] = trace.millis();
      if (trace.value().outcome() != Outcome.EXTERNAL || trace.value().way() != Way.VIA_GATEWAY) {
        throw new IllegalStateException(
            "%s of %s: %s".formatted(call.url(), call.from().namespace(), trace.value().detail()));
      }
    }
    return millis;
  }

  private static double percentile(double[] millis, int percent) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  /** The bytes that are in use when all garbage is gone. */
  private static long held() {
    long held = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      held = Math.min(held, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return held;
  }

  /** What one run took; times in milliseconds, memory in bytes. */
  private record Figures(
      int tenants,
      boolean open,
      int resources,
      double said,
      double expanded,
      double written,
      double parsed,
      double read,
      double indexed,
      int calls,
      double first,
      double mean,
      double p99,
      long resourcesHeld,
      long tracerHeld) {

    static final String HEADER =
        "| tenants | set | resources | say ms | expand ms | write ms | parse ms (Jackson) | read ms"
            + " | index ms | read+index : parse | calls | first pass ms | call mean ms | call p99 ms"
            + " | KiB a tenant: read | KiB a tenant: tracer |\n"
            + "|---".repeat(16)
            + "|";

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "| %d | %s | %d | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.1f | %d | %.0f | %.3f | %.3f"
              + " | %.0f | %.0f |",
          tenants,
          open ? "open" : "scoped",
          resources,
          said,
          expanded,
          written,
          parsed,
          read,
          indexed,
          (read + indexed) / parsed,
          calls,
          first,
          mean,
          p99,
          resourcesHeld / 1024.0 / tenants,
          tracerHeld / 1024.0 / tenants);
    }
  }
}
