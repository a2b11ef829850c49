package io.github.istioegress.trace.ambient;

import java.util.List;
import java.util.Optional;

/**
 * The service that ztunnel takes for a name or an address.
 *
 * @param service the service; empty where it knows none
 * @param byChance true where Istio has no order among several
 */
public record Choice(Optional<AmbientService> service, boolean byChance) {

  /** The caller's namespace goes first, then what holds the host for everybody. */
  static Choice among(List<AmbientService> candidates, String namespace) {
    List<AmbientService> left = candidates;
    List<AmbientService> own =
        candidates.stream().filter(s -> s.service().namespace().equals(namespace)).toList();
    List<AmbientService> canonical = candidates.stream().filter(AmbientService::canonical).toList();
    if (!own.isEmpty()) {
      left = own;
    } else if (!canonical.isEmpty()) {
      left = canonical;
    }
    boolean tied = own.isEmpty() && left.stream().anyMatch(AmbientService::tied);
    return new Choice(left.stream().findFirst(), left.size() > 1 || tied);
  }
}
