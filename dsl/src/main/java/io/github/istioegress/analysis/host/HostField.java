package io.github.istioegress.analysis.host;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.VirtualService;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A host that somebody wrote.
 *
 * @param manifest the resource
 * @param path the field, {@code spec.hosts[0]}
 * @param said what is written
 * @param host the same without the namespace that a Gateway puts before it
 * @param place which field it is
 */
record HostField(Manifest<?> manifest, String path, String said, String host, Place place) {

  /** The fields that hold hosts. */
  enum Place {
    /** Of a ServiceEntry. */
    ENTRY,
    /** Of a VirtualService. */
    ROUTE,
    /** The server names that a VirtualService matches. */
    SNI,
    /** Where a route leads. */
    DESTINATION,
    /** Of a DestinationRule. */
    RULE,
    /** Of a Gateway's server. */
    SERVER
  }

  private record All(List<HostField> fields) {}

  /** All of a set. */
  static List<HostField> of(AnalysisContext context) {
    return context.shared(All.class, set -> new All(found(set))).fields();
  }

  private static List<HostField> found(AnalysisContext context) {
    List<HostField> all = new ArrayList<>();
    for (Manifest<ServiceEntry> entry : context.serviceEntries()) {
      add(all, entry, "spec.hosts", entry.spec().getHosts(), Place.ENTRY);
    }
    for (Manifest<VirtualService> rule : context.virtualServices()) {
      add(all, rule, "spec.hosts", rule.spec().getHosts(), Place.ROUTE);
      List<TLSRoute> routes = rule.spec().getTls();
      for (int i = 0; i < routes.size(); i++) {
        for (int j = 0; j < routes.get(i).getMatch().size(); j++) {
          String path = "spec.tls[%s].match[%s].sniHosts".formatted(i, j);
          add(all, rule, path, routes.get(i).getMatch().get(j).getSniHosts(), Place.SNI);
        }
      }
    }
    for (Leg leg : context.legs()) {
      for (Leg.Target target : leg.targets()) {
        String host = Objects.requireNonNullElse(target.destination().getHost(), "");
        Manifest<?> said = new Manifest<>(leg.resource(), leg);
        all.add(new HostField(said, target.path() + ".host", host, host, Place.DESTINATION));
      }
    }
    for (Manifest<DestinationRule> rule : context.destinationRules()) {
      String host = Objects.requireNonNullElse(rule.spec().getHost(), "");
      all.add(new HostField(rule, "spec.host", host, host, Place.RULE));
    }
    for (Manifest<Gateway> gateway : context.gateways()) {
      for (int i = 0; i < gateway.spec().getServers().size(); i++) {
        List<String> hosts = gateway.spec().getServers().get(i).getHosts();
        add(all, gateway, "spec.servers[" + i + "].hosts", hosts, Place.SERVER);
      }
    }
    return all.stream().filter(field -> !field.host().isEmpty()).toList();
  }

  private static void add(
      List<HostField> all, Manifest<?> manifest, String path, List<String> hosts, Place place) {
    for (int i = 0; i < hosts.size(); i++) {
      String said = Objects.requireNonNullElse(hosts.get(i), "");
      String host = place == Place.SERVER ? said.replaceFirst("^[^/:]*/", "") : said;
      all.add(new HostField(manifest, path + "[" + i + "]", said, host, place));
    }
  }

  /** True for a name beyond letters, digits and dots of ASCII. */
  boolean isForeign() {
    return host.chars().anyMatch(c -> c > 0x7e || c < 0x21);
  }
}
