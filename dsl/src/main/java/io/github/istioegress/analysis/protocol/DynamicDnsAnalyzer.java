package io.github.istioegress.analysis.protocol;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryResolution;
import io.fabric8.istio.api.api.networking.v1alpha3.ServicePort;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.registry.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** EGR221: an entry with DYNAMIC_DNS that Istio refuses, or that the release does not have. */
final class DynamicDnsAnalyzer implements Analyzer {

  private static final Set<Protocol> LOOKED_UP =
      Set.of(Protocol.HTTP, Protocol.HTTP2, Protocol.GRPC, Protocol.TLS);
  private static final String WAYPOINT = "istio.io/use-waypoint";

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Manifest<ServiceEntry> entry : context.serviceEntries()) {
      if (entry.spec().getResolution() == ServiceEntryResolution.DYNAMIC_DNS) {
        release(context, entry, out);
        shape(entry, out);
      }
    }
  }

  private static void release(
      AnalysisContext context, Manifest<ServiceEntry> entry, Consumer<Finding> out) {
    IstioVersion version = context.model().version();
    boolean ofSidecars = version.atLeast(IstioVersion.V1_30);
    boolean ofWaypoints = version.atLeast(IstioVersion.V1_28) && hasWaypoint(context, entry);
    if (!ofSidecars && !ofWaypoints) {
      out.accept(
          finding(
              entry,
              "spec.resolution",
              "resolution DYNAMIC_DNS",
              version.atLeast(IstioVersion.V1_28)
                  ? "sidecars of Istio " + version + " do not look names up; they do from 1.30 on"
                  : "Istio " + version + " does not have it",
              "Declare the hosts one by one with resolution DNS"));
    }
  }

  private static boolean hasWaypoint(AnalysisContext context, Manifest<ServiceEntry> entry) {
    Map<String, String> none = Map.of();
    return Objects.requireNonNullElse(entry.resource().object().getMetadata().getLabels(), none)
            .containsKey(WAYPOINT)
        || context
            .resources()
            .find(ResourceKind.NAMESPACE.key("", entry.namespace()))
            .map(resource -> resource.object().getMetadata().getLabels())
            .map(labels -> labels.containsKey(WAYPOINT))
            .orElse(false);
  }

  private static void shape(Manifest<ServiceEntry> entry, Consumer<Finding> out) {
    List<String> hosts = entry.spec().getHosts();
    for (int i = 0; i < hosts.size(); i++) {
      if (!hosts.get(i).startsWith("*")) {
        out.accept(
            finding(
                entry,
                "spec.hosts[" + i + "]",
                "host " + hosts.get(i),
                "DYNAMIC_DNS is for wildcards",
                "Declare this host with resolution DNS"));
      }
    }
    String noAddress = "the name of each call is looked up, and there is no address to give";
    if (!entry.spec().getAddresses().isEmpty()) {
      out.accept(finding(entry, "spec.addresses", "addresses", noAddress, "Leave addresses out"));
    }
    if (!entry.spec().getEndpoints().isEmpty()) {
      out.accept(finding(entry, "spec.endpoints", "endpoints", noAddress, "Leave endpoints out"));
    }
    List<ServicePort> ports = entry.spec().getPorts();
    for (int i = 0; i < ports.size(); i++) {
      String protocol = Objects.requireNonNullElse(ports.get(i).getProtocol(), "");
      if (!LOOKED_UP.contains(Protocol.parse(protocol))) {
        out.accept(
            finding(
                entry,
                "spec.ports[" + i + "]" + (protocol.isEmpty() ? "" : ".protocol"),
                protocol.isEmpty() ? "a port without protocol" : "protocol " + protocol,
                "a name is read of HTTP, HTTP2, GRPC and TLS only",
                protocol.equalsIgnoreCase("HTTPS") ? "Write TLS" : "Declare the hosts one by one"));
      }
    }
  }

  private static Finding finding(
      Manifest<ServiceEntry> entry, String path, String what, String why, String remedy) {
    return entry.finding(ProtocolCode.NOT_DYNAMIC, path, entry.key(), what, why, remedy);
  }
}
