package io.github.istioegress.fleet;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose a host is.
 *
 * @param isExclusive true where a host has one owner
 * @param shared the hosts that anybody may name all the same; {@code *.example.com} for all below
 */
public record HostRegistry(boolean isExclusive, Set<String> shared) {

  /** Freezes the set. */
  public HostRegistry {
    shared = Set.copyOf(shared);
  }

  /** Anybody may name any host. */
  public static HostRegistry open() {
    return new HostRegistry(false, Set.of());
  }

  /** A host has one owner: the tenant that names it. */
  public static HostRegistry exclusive() {
    return new HostRegistry(true, Set.of());
  }

  /** The same with hosts that anybody may name. */
  public HostRegistry shared(String... hosts) {
    return new HostRegistry(
        isExclusive,
        Set.copyOf(Stream.concat(shared.stream(), Stream.of(hosts)).distinct().toList()));
  }

  /** The same with hosts that anybody may name. */
  public HostRegistry shared(ExternalHost first, ExternalHost... more) {
    return shared(
        Stream.concat(Stream.of(first), Stream.of(more))
            .map(ExternalHost::name)
            .toArray(String[]::new));
  }

  /**
   * Checks the claims of all tenants.
   *
   * @throws IllegalArgumentException when one tenant names all hosts below a domain that has
   *     another's host
   */
  void check(Map<String, Claim> claims) {
    if (claims.keySet().stream().anyMatch(host -> host.startsWith("*"))) {
      claims.forEach(
          (host, claim) -> above(host).forEach(wildcard -> claim.against(claims.get(wildcard))));
    }
  }

  /**
   * Takes what the next tenant names.
   *
   * @param claims the claims up to here, by host
   * @throws IllegalArgumentException when another named one of the hosts
   */
  void claim(Tenant tenant, List<? extends EgressIntent> sentences, Map<String, Claim> claims) {
    if (!isExclusive) {
      return;
    }
    for (EgressIntent one : sentences) {
      Claim claim = new Claim(tenant, one.host(), one.origin());
      if (!isShared(one.host().name())) {
        claim.against(claims.putIfAbsent(one.host().name(), claim));
      }
    }
  }

  private boolean isShared(String host) {
    return shared.contains(host) || above(host).anyMatch(shared::contains);
  }

  /** The wildcards that a host lies below. */
  private static Stream<String> above(String host) {
    String name = host.startsWith("*.") ? host.substring(2) : host;
    return Stream.iterate(name.indexOf('.'), dot -> dot >= 0, dot -> name.indexOf('.', dot + 1))
        .map(dot -> "*" + name.substring(dot));
  }

  /** A tenant's naming of a host. */
  record Claim(Tenant tenant, ExternalHost host, Origin origin) {
    void against(@Nullable Claim other) {
      if (other != null && !other.tenant.equals(tenant)) {
        boolean before = other.tenant.name().compareTo(tenant.name()) < 0;
        Claim first = before ? other : this;
        Claim second = before ? this : other;
        throw new IllegalArgumentException(
            "host %s of tenant %s (%s) and host %s of tenant %s (%s) meet, and a host has one owner: take it out of one of them, or say shared(\"%s\") in the fleet's hosts"
                .formatted(
                    first.host,
                    first.tenant.name(),
                    first.origin.place(),
                    second.host,
                    second.tenant.name(),
                    second.origin.place(),
                    host));
      }
    }
  }
}
