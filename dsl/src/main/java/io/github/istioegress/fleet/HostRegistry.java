package io.github.istioegress.fleet;

import io.github.istioegress.intent.EgressIntent;
import java.util.HashMap;
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

  /**
   * Finds out who owns what.
   *
   * @throws IllegalArgumentException when two tenants name a host that has one owner, or one names
   *     all hosts below a domain that has another's host
   */
  void check(Map<Tenant, ? extends List<? extends EgressIntent>> said) {
    if (!isExclusive) {
      return;
    }
    Map<String, Claim> claims = new HashMap<>();
    said.forEach(
        (tenant, sentences) ->
            sentences.forEach(
                one -> {
                  Claim claim = new Claim(tenant, one);
                  String host = one.host().name();
                  if (!isShared(host)) {
                    claim.against(claims.putIfAbsent(host, claim));
                  }
                }));
    claims.forEach(
        (host, claim) -> above(host).forEach(wildcard -> claim.against(claims.get(wildcard))));
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
  private record Claim(Tenant tenant, EgressIntent sentence) {
    void against(@Nullable Claim other) {
      if (other != null && !other.tenant.equals(tenant)) {
        boolean before = other.tenant.name().compareTo(tenant.name()) < 0;
        Claim first = before ? other : this;
        Claim second = before ? this : other;
        throw new IllegalArgumentException(
            "host %s of tenant %s (%s) and host %s of tenant %s (%s) meet, and a host has one owner: take it out of one of them, or say shared(\"%s\") in the fleet's hosts"
                .formatted(
                    first.sentence.host(),
                    first.tenant.name(),
                    first.sentence.origin().place(),
                    second.sentence.host(),
                    second.tenant.name(),
                    second.sentence.origin().place(),
                    sentence.host()));
      }
    }
  }
}
