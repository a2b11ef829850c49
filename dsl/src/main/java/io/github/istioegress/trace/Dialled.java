package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.Cidr;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Scope;
import io.github.istioegress.trace.registry.ServiceRegistry;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The address that an application dials, and what stands at an address. */
final class Dialled {

  /** What a resolver answers for a host of which the manifests know no address (RFC 5737). */
  static final String DOCUMENTATION = "192.0.2.1";

  private static final Pattern IP = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F]*:[0-9a-fA-F:.]*]?");
  private static final String CLUSTER_DOMAIN = ".svc.cluster.local";

  private Dialled() {}

  /** What a pod with a sidecar, or one with none, dials. */
  static Lookup lookup(Call call, ServiceRegistry registry, Optional<Scope> capturing) {
    return known(call, registry)
        .or(
            () ->
                capturing
                    .flatMap(scope -> captured(call.host(), scope))
                    .map(address -> answer(call, Lookup.By.SIDECAR, address)))
        .or(
            () ->
                registry
                    .entryAddress(call.host(), call.from().namespace())
                    .map(address -> answer(call, Lookup.By.ENTRY, address)))
        .orElseGet(() -> answer(call, Lookup.By.RESOLVER, DOCUMENTATION));
  }

  /** What is the same for whatever pod: the address is said, or is that of a Service. */
  static Optional<Lookup> known(Call call, ServiceRegistry registry) {
    if (!call.address().isEmpty()) {
      return Optional.of(new Lookup(call.host(), Lookup.By.TOLD, call.address()));
    }
    if (isAddress(call.host())) {
      String address = call.host().replace("[", "").replace("]", "");
      return Optional.of(new Lookup(call.host(), Lookup.By.NOBODY, address));
    }
    return service(call.host(), call.from().namespace(), registry)
        .map(service -> answer(call, Lookup.By.CLUSTER, service.address()));
  }

  static Lookup answer(Call call, Lookup.By by, String address) {
    return new Lookup(call.host(), by, Cidr.firstAddress(address));
  }

  /** What a sidecar that captures DNS answers: for the name, else for the closest wildcard. */
  private static Optional<String> captured(String host, Scope scope) {
    String name = host.toLowerCase(Locale.ROOT);
    while (true) {
      Optional<String> address =
          scope
              .service(name)
              .map(RegistryService::address)
              // A range is no answer to a look-up.
              .filter(one -> !one.equals(RegistryService.ANY_ADDRESS) && !one.contains("/"));
      int dot = name.indexOf('.', name.startsWith("*") ? 2 : 0);
      if (address.isPresent() || dot < 0) {
        return address;
      }
      name = "*" + name.substring(dot);
    }
  }

  /** A host without the port behind it. */
  static String hostOnly(String host) {
    int colon = host.lastIndexOf(':');
    return colon > 0 && !host.endsWith("]") ? host.substring(0, colon) : host;
  }

  /** True for an IP address, false for a name. */
  static boolean isAddress(String host) {
    return IP.matcher(host).matches();
  }

  /** The Service of the cluster that a name stands for, as a pod of a namespace says it. */
  static Optional<RegistryService> service(
      String name, String namespace, ServiceRegistry registry) {
    String base = name;
    if (base.endsWith(CLUSTER_DOMAIN)) {
      base = base.substring(0, base.length() - CLUSTER_DOMAIN.length());
    } else if (base.endsWith(".svc")) {
      base = base.substring(0, base.length() - ".svc".length());
    }
    String[] labels = base.split("\\.", -1);
    return switch (labels.length) {
      case 1 -> registry.kubernetes(base + "." + namespace + CLUSTER_DOMAIN);
      case 2 -> registry.kubernetes(base + CLUSTER_DOMAIN);
      default -> Optional.empty();
    };
  }
}
