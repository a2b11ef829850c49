package io.github.istioegress.benchmark;

import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.fleet.Fleet;
import io.github.istioegress.fleet.HostRegistry;
import io.github.istioegress.fleet.Tenants;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.PartedPlan;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ManifestWriter;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What each stage of a run takes for one tenant with ten hosts, warm. Reading all tenants is that
 * of a hundred.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StagesBenchmark {

  private static final int TENANTS = 100;
  private static final int HOSTS = 10;

  private final EgressGateway gateway = EgressGateway.istioDefault();
  private final ManifestWriter writer = new ManifestWriter();
  private final ManifestReader reader = new ManifestReader();
  private final List<Call> calls = new ArrayList<>();
  private SourceFile file;
  private Fleet fleet;
  private PartedPlan plan;
  private EgressPlan part;
  private ResourceSet resources;
  private String text;
  private List<GatewayWorkload> gateways;
  private Tracer tracer;

  /** For the harness. */
  public StagesBenchmark() {}

  /** What each stage is given is what the one before yields. */
  @Setup
  public void run() {
    file = new SourceFile("tenants.yaml", tenantsFile());
    fleet =
        Fleet.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
            .tenants(Tenants.read(List.of(file)))
            .each(tenant -> tenant.through(gateway))
            .hosts(HostRegistry.exclusive());
    plan = fleet.parts(Tenants.read(List.of(file)));
    part = plan.part(plan.parts().size() / 2);
    resources = expand();
    text = write();
    gateways =
        List.of(
            new GatewayWorkload(
                gateway.name(),
                gateway.namespace(),
                gateway.labels(),
                gateway.ports().stream()
                    .map(p -> new GatewayWorkload.Port(p.port(), p.targetPort()))
                    .toList()));
    tracer = index();
    for (NamespaceEgress said : part.namespaces()) {
      for (EgressIntent intent : said.intents()) {
        String scheme = intent.port().number() == 80 ? "http://" : "https://";
        calls.add(
            Call.to(
                new Caller(said.namespace().name(), Map.of(), "default"),
                scheme + intent.host().name() + ":" + intent.port().number()));
      }
    }
    if (trace() != HOSTS || !readBack().findings().isEmpty()) {
      throw new IllegalStateException("not every call leaves, or not all reads back");
    }
  }

  private static String tenantsFile() {
    StringBuilder yaml = new StringBuilder("tenants:\n");
    for (int t = 0; t < TENANTS; t++) {
      yaml.append("  - name: tenant-%03d\n    destinations:\n".formatted(t));
      for (int h = 0; h < HOSTS; h++) {
        yaml.append(
            "      - {host: api-%d.tenant-%03d.example.com, port: %d}\n"
                .formatted(h, t, h % 2 == 0 ? 80 : 443));
      }
    }
    return yaml.toString();
  }

  /** Reads a file of a hundred tenants. */
  @Benchmark
  public Tenants tenantsOfTheWholeFile() {
    return Tenants.read(List.of(file));
  }

  /** Says what a tenant gets. */
  @Benchmark
  public EgressPlan say() {
    return plan.part(plan.parts().size() / 2);
  }

  /** Makes a tenant's resources. */
  @Benchmark
  public ResourceSet expand() {
    return Expansion.part(part, plan.facts());
  }

  /** Writes them. */
  @Benchmark
  public String write() {
    return writer.write(resources.all().stream().map(Resource::object).toList());
  }

  /** Reads them back, all of them: a run does so with each form of a document once. */
  @Benchmark
  public ReadManifests readBack() {
    return reader.read(List.of(new SourceFile("tenant.yaml", text)));
  }

  /** Makes the tracer of a tenant's resources. */
  @Benchmark
  public Tracer index() {
    return Tracer.of(resources, gateways, part.mesh().config(), part.mesh().version());
  }

  /** Traces its calls with a tracer that knows them. */
  @Benchmark
  public long traceAgain() {
    return trace();
  }

  /** Makes a tracer and traces each call once, as a run does. */
  @Benchmark
  public long traceOnce() {
    tracer = index();
    return trace();
  }

  private long trace() {
    return calls.stream()
        .filter(call -> tracer.trace(call).outcome() == Outcome.EXTERNAL)
        .count();
  }
}
