package io.github.istioegress.generator;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.manifest.JsonText;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.TraceReport;
import io.github.istioegress.trace.TraceText;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Says what happens to calls, for any manifests. */
public final class EgressExplainer {

  private static final Set<ResourceKind> EGRESS =
      Set.of(ResourceKind.SERVICE_ENTRY, ResourceKind.VIRTUAL_SERVICE);

  private EgressExplainer() {}

  /** What holds of gateways that routes lead to but no manifest shows. */
  public enum MissingGateways {
    /** They are not there, as Istio would see it. */
    STAY_MISSING,
    /** They are assumed to be as the routes need them, and the answer says so. */
    ARE_ASSUMED
  }

  /**
   * What to explain.
   *
   * @param input the manifests
   * @param calls a file of calls; empty text where {@code call} says the one
   * @param call a call by its URL; empty where {@code calls} says them
   * @param from the caller of {@code call}, {@code namespace} or {@code namespace/key=value}; empty
   *     for the only namespace of the manifests that has routes or hosts
   * @param istioVersion the release; empty for the newest
   * @param outboundTrafficPolicy the policy of a mesh of which the manifests say nothing
   * @param missingGateways what holds of gateways that no manifest shows
   * @param format {@code text} or {@code json}
   */
  public record Request(
      List<SourceFile> input,
      Optional<SourceFile> calls,
      String call,
      String from,
      Optional<IstioVersion> istioVersion,
      OutboundTrafficPolicy outboundTrafficPolicy,
      MissingGateways missingGateways,
      String format) {}

  /**
   * The answer.
   *
   * @param text what happens, in the format asked for
   * @param problems what of the manifests could not be read or was lost
   */
  public record Explanation(String text, List<Finding> problems) {}

  /**
   * Explains calls.
   *
   * @throws IllegalArgumentException when the request is not of the documented form, or the
   *     manifests cannot be read
   */
  public static Explanation explain(Request request) {
    ReadManifests read = new ManifestReader().read(request.input());
    List<Finding> errors = read.findings().stream().filter(Finding::isError).toList();
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(
          String.join("\n", errors.stream().map(Finding::toString).toList()));
    }
    List<Call> calls = new ArrayList<>();
    List<GatewayWorkload> gateways = new ArrayList<>();
    request
        .calls()
        .map(CallsFile::read)
        .ifPresent(
            file -> {
              calls.addAll(file.calls());
              gateways.addAll(file.gateways());
            });
    if (!request.call().isEmpty()) {
      calls.add(Call.to(caller(request.from(), read.resources()), request.call()));
    }
    if (calls.isEmpty()) {
      throw new IllegalArgumentException(
          "no call to explain: say one, such as http://edition.cnn.com/politics, or a file of calls");
    }
    MeshFacts facts = MeshFacts.of(read.resources(), request.outboundTrafficPolicy());
    facts.gateways().stream()
        .filter(g -> gateways.stream().noneMatch(t -> t.serviceHost().equals(g.serviceHost())))
        .toList()
        .forEach(gateways::add);
    List<GatewayWorkload> assumed =
        request.missingGateways() == MissingGateways.ARE_ASSUMED
            ? AssumedGateways.of(read.resources(), gateways)
            : List.of();
    gateways.addAll(assumed);
    IstioVersion version = request.istioVersion().orElse(IstioVersion.V1_31);
    Tracer tracer = Tracer.of(read.resources(), gateways, facts.config(), version);
    List<Trace> traces = calls.stream().map(tracer::trace).toList();
    Answer answer =
        new Answer(version, traces, assumed, NotConsidered.of(read.resources(), tracer.unread()));
    return new Explanation(render(request.format(), answer), read.findings());
  }

  /** What there is to say. */
  private record Answer(
      IstioVersion version,
      List<Trace> traces,
      List<GatewayWorkload> assumed,
      List<String> notConsidered) {}

  private static String render(String format, Answer answer) {
    return switch (format) {
      case "text" ->
          String.join("", answer.assumed().stream().map(EgressExplainer::assumption).toList())
              + TraceText.of(answer.traces())
              + notConsidered(answer.notConsidered());
      case "json" -> JsonText.of(json(answer));
      default ->
          throw new IllegalArgumentException(
              "format '%s' is not known: use text or json".formatted(format));
    };
  }

  private static Map<String, Object> json(Answer answer) {
    Map<String, Object> report = TraceReport.of(answer.version(), answer.traces());
    if (!answer.assumed().isEmpty()) {
      report.put(
          "assumedGateways",
          answer.assumed().stream().map(g -> g.namespace() + "/" + g.name()).toList());
    }
    if (!answer.notConsidered().isEmpty()) {
      report.put("notConsidered", answer.notConsidered());
    }
    return report;
  }

  private static String notConsidered(List<String> resources) {
    StringBuilder text = new StringBuilder();
    for (String resource : resources) {
      text.append(text.isEmpty() ? "\n" : "")
          .append("not considered    ")
          .append(resource)
          .append(": it may decide otherwise\n");
    }
    return text.toString();
  }

  private static String assumption(GatewayWorkload gateway) {
    return "assumed           gateway %s/%s: pods labelled %s, Service ports %s (not among the manifests)\n\n"
        .formatted(
            gateway.namespace(),
            gateway.name(),
            new TreeMap<>(gateway.labels()),
            gateway.ports().stream()
                .map(port -> port.port() + " to " + port.targetPort())
                .toList());
  }

  private static Caller caller(String from, ResourceSet resources) {
    if (!from.isEmpty()) {
      return Caller.parse(from);
    }
    List<String> namespaces =
        resources.all().stream()
            .filter(resource -> EGRESS.contains(resource.kind()))
            .map(resource -> resource.key().namespace())
            .distinct()
            .toList();
    if (namespaces.size() != 1) {
      throw new IllegalArgumentException(
          "say who calls, as namespace or namespace/key=value: the manifests have %s"
              .formatted(namespaces.isEmpty() ? "no namespace with egress" : namespaces));
    }
    return Caller.in(namespaces.get(0));
  }
}
