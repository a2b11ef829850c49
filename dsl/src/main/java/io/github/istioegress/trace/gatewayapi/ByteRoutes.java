package io.github.istioegress.trace.gatewayapi;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.L4MatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.PortSelector;
import io.fabric8.istio.api.api.networking.v1alpha3.RouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributes;
import io.fabric8.istio.api.networking.v1.VirtualServiceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TCPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.Derived;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What istiod makes of TLS and TCP routes: one VirtualService for each place and host. */
final class ByteRoutes {

  private final Attachments attachments;
  private final ReferenceGrants grants;

  ByteRoutes(Attachments attachments, ReferenceGrants grants) {
    this.attachments = attachments;
    this.grants = grants;
  }

  /** The VirtualServices of a TLSRoute. */
  List<Resource> tls(Resource resource) {
    TLSRoute route = (TLSRoute) resource.object();
    List<Resource> made = new ArrayList<>();
    if (route.getSpec() == null) {
      return made;
    }
    List<String> said = route.getSpec().getHostnames();
    List<String> snis = said.isEmpty() ? List.of("*") : said;
    for (Attachment at :
        attachments.of("TLSRoute", route.getSpec().getParentRefs(), said, home(resource))) {
      Optional<List<List<RouteDestination>>> rules =
          rules(
              resource,
              at,
              route.getSpec().getRules().stream().map(rule -> rule.getBackendRefs()).toList());
      String own = at.parent().map(Parent::hostname).orElse("");
      List<String> hosts = own.isEmpty() ? at.hosts() : shared(at.hosts(), own);
      for (String host : rules.isEmpty() ? List.<String>of() : hosts) {
        List<String> matched = snis;
        if (at.isMesh()) {
          matched = said.isEmpty() || said.equals(List.of("*")) ? at.hosts() : snis;
          matched = matched.size() > 1 ? overlapping(matched, host) : matched;
        } else if (!own.isEmpty()) {
          matched = shared(snis, own);
        }
        made.add(
            virtualService(resource, "~tls~" + made.size(), host, at, "tls", rules.get(), matched));
      }
    }
    return made;
  }

  /** The VirtualServices of a TCPRoute. */
  List<Resource> tcp(Resource resource) {
    TCPRoute route = (TCPRoute) resource.object();
    List<Resource> made = new ArrayList<>();
    if (route.getSpec() == null) {
      return made;
    }
    for (Attachment at :
        attachments.of("TCPRoute", route.getSpec().getParentRefs(), List.of(), home(resource))) {
      Optional<List<List<RouteDestination>>> rules =
          rules(
              resource,
              at,
              route.getSpec().getRules().stream().map(rule -> rule.getBackendRefs()).toList());
      for (String host : rules.isEmpty() ? List.<String>of() : at.hosts()) {
        made.add(
            virtualService(
                resource, "~tcp~" + made.size(), host, at, "tcp", rules.get(), List.of()));
      }
    }
    return made;
  }

  private static String home(Resource resource) {
    return resource.key().namespace();
  }

  /** The names that a route and a listener have in common. */
  private static List<String> shared(List<String> names, String listener) {
    Set<String> shared = new LinkedHashSet<>();
    for (String name : names) {
      if (HostMatch.covered(name, listener)) {
        shared.add(name);
      } else if (HostMatch.covered(listener, name)) {
        shared.add(listener);
      }
    }
    return List.copyOf(shared);
  }

  private static List<String> overlapping(List<String> names, String host) {
    return names.stream().filter(name -> HostMatch.overlap(host, name)).toList();
  }

  private Optional<List<List<RouteDestination>>> rules(
      Resource resource, Attachment at, List<List<BackendRef>> said) {
    Backends backends =
        new Backends(
            resource.key().kind(),
            home(resource),
            at.isMesh() ? Optional.empty() : Optional.of(grants));
    List<List<RouteDestination>> rules = new ArrayList<>();
    for (List<BackendRef> refs : said) {
      List<Backend> to = refs.stream().map(ref -> Backend.of(ref, home(resource))).toList();
      if (Backends.isEmpty(to)) {
        rules.add(List.of());
        continue;
      }
      Optional<List<Backends.Weighted>> destinations = backends.destinations(to);
      if (destinations.isEmpty()) {
        return Optional.empty();
      }
      rules.add(
          destinations.get().stream()
              .map(d -> new RouteDestination(d.destination(), d.weight()))
              .toList());
    }
    return Optional.of(rules);
  }

  private static Resource virtualService(
      Resource resource,
      String suffix,
      String host,
      Attachment at,
      String protocol,
      List<List<RouteDestination>> rules,
      List<String> snis) {
    VirtualServiceBuilder made =
        new VirtualServiceBuilder()
            .withNewMetadata()
            .withName(resource.key().name() + suffix + "~" + Parent.MADE)
            .withNamespace(home(resource))
            .withCreationTimestamp(resource.object().getMetadata().getCreationTimestamp())
            .endMetadata()
            .withNewSpec()
            .withHosts(host)
            .withGateways(at.name())
            .endSpec();
    Derived derived = Derived.from(resource, "spec");
    for (int r = 0; r < rules.size(); r++) {
      Long port = at.port() == 0 ? null : (long) at.port();
      List<RouteDestination> to = rules.get(r);
      if (protocol.equals("tls")) {
        // Without a backend istiod writes no match, and the rule is none.
        List<TLSMatchAttributes> match =
            to.isEmpty()
                ? List.of()
                : List.of(new TLSMatchAttributes(List.of(), List.of(), port, snis, null, null));
        made.editSpec()
            .addToTls(
                new io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute(
                    match, to.isEmpty() ? nowhere() : to))
            .endSpec();
      } else {
        List<L4MatchAttributes> match =
            port == null
                ? List.of()
                : List.of(new L4MatchAttributes(List.of(), List.of(), port, null, null, null));
        made.editSpec()
            .addToTcp(
                new io.fabric8.istio.api.api.networking.v1alpha3.TCPRoute(
                    match, to.isEmpty() ? nowhere() : to))
            .endSpec();
      }
      derived =
          derived.with(
              "spec." + protocol + "[" + r + "]", Decision.of(resource, "spec.rules[" + r + "]"));
    }
    return new Resource(made.build(), derived);
  }

  /** Bytes cannot be answered, so istiod sends them to a cluster that does not exist. */
  private static List<RouteDestination> nowhere() {
    return List.of(
        new RouteDestination(
            new Destination("internal.cluster.local", new PortSelector(65535L), "zero-weight"), 0));
  }
}
