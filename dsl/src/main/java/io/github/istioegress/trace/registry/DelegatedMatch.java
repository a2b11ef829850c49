package io.github.istioegress.trace.registry;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatch;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchExact;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchPrefix;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchRegex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The conditions of a delegate's route, each of which has to lie within one of its root's. */
final class DelegatedMatch {

  private DelegatedMatch() {}

  /** Both together; empty where one of the delegate's lies within none of the root's. */
  static Optional<List<HTTPMatchRequest>> merged(
      List<HTTPMatchRequest> root, List<HTTPMatchRequest> delegate) {
    if (root.isEmpty()) {
      return Optional.of(delegate);
    }
    if (delegate.isEmpty()) {
      return Optional.of(root);
    }
    List<HTTPMatchRequest> merged = new ArrayList<>();
    for (HTTPMatchRequest leaf : delegate) {
      int before = merged.size();
      root.stream()
          .filter(one -> !contradict(one, leaf))
          .forEach(one -> merged.add(merged(one, leaf)));
      if (merged.size() == before) {
        return Optional.empty();
      }
    }
    return Optional.of(List.copyOf(merged));
  }

  /** The name of what two say together. */
  static @Nullable String named(@Nullable String root, @Nullable String delegate) {
    if (delegate == null || delegate.isEmpty()) {
      return root;
    }
    return root == null || root.isEmpty() ? delegate : root + "-" + delegate;
  }

  /** The same with the gateways' names resolved as in its own namespace. */
  static HTTPMatchRequest resolved(HTTPMatchRequest match, String namespace) {
    HTTPMatchRequest resolved = copy(match);
    resolved.setGateways(
        match.getGateways().stream()
            .map(gateway -> ResolvedNames.gateway(gateway, namespace))
            .toList());
    return resolved;
  }

  private static HTTPMatchRequest merged(HTTPMatchRequest root, HTTPMatchRequest leaf) {
    HTTPMatchRequest merged = copy(leaf);
    merged.setName(named(root.getName(), leaf.getName()));
    merged.setUri(leaf.getUri() == null ? root.getUri() : leaf.getUri());
    merged.setScheme(leaf.getScheme() == null ? root.getScheme() : leaf.getScheme());
    merged.setMethod(leaf.getMethod() == null ? root.getMethod() : leaf.getMethod());
    merged.setAuthority(leaf.getAuthority() == null ? root.getAuthority() : leaf.getAuthority());
    merged.setHeaders(both(root.getHeaders(), leaf.getHeaders()));
    merged.setWithoutHeaders(both(root.getWithoutHeaders(), leaf.getWithoutHeaders()));
    merged.setQueryParams(both(root.getQueryParams(), leaf.getQueryParams()));
    merged.setPort(Metadata.number(leaf.getPort()) == 0 ? root.getPort() : leaf.getPort());
    merged.setSourceLabels(both(root.getSourceLabels(), leaf.getSourceLabels()));
    merged.setSourceNamespace(
        text(leaf.getSourceNamespace()).isEmpty()
            ? root.getSourceNamespace()
            : leaf.getSourceNamespace());
    merged.setGateways(leaf.getGateways().isEmpty() ? root.getGateways() : leaf.getGateways());
    return merged;
  }

  private static HTTPMatchRequest copy(HTTPMatchRequest match) {
    HTTPMatchRequest copy = new HTTPMatchRequest();
    copy.setAuthority(match.getAuthority());
    copy.setGateways(match.getGateways());
    copy.setHeaders(match.getHeaders());
    copy.setIgnoreUriCase(match.getIgnoreUriCase());
    copy.setMethod(match.getMethod());
    copy.setName(match.getName());
    copy.setPort(match.getPort());
    copy.setQueryParams(match.getQueryParams());
    copy.setScheme(match.getScheme());
    copy.setSourceLabels(match.getSourceLabels());
    copy.setSourceNamespace(match.getSourceNamespace());
    copy.setStatPrefix(match.getStatPrefix());
    copy.setUri(match.getUri());
    copy.setWithoutHeaders(match.getWithoutHeaders());
    copy.setAdditionalProperties(match.getAdditionalProperties());
    return copy;
  }

  private static <T> Map<String, T> both(
      @Nullable Map<String, T> root, @Nullable Map<String, T> leaf) {
    Map<String, T> both = new LinkedHashMap<>(Objects.requireNonNullElse(root, Map.of()));
    both.putAll(Objects.requireNonNullElse(leaf, Map.of()));
    return both;
  }

  private static boolean contradict(HTTPMatchRequest root, HTTPMatchRequest leaf) {
    return contradict(root.getUri(), leaf.getUri())
        || contradict(root.getScheme(), leaf.getScheme())
        || contradict(root.getMethod(), leaf.getMethod())
        || contradict(root.getAuthority(), leaf.getAuthority())
        || contradict(root.getHeaders(), leaf.getHeaders())
        || contradict(root.getWithoutHeaders(), leaf.getWithoutHeaders())
        || contradict(root.getQueryParams(), leaf.getQueryParams())
        || Boolean.TRUE.equals(root.getIgnoreUriCase())
            != Boolean.TRUE.equals(leaf.getIgnoreUriCase())
        || ports(Metadata.number(root.getPort()), Metadata.number(leaf.getPort()))
        || sources(root, leaf)
        || gateways(root.getGateways(), leaf.getGateways());
  }

  private static boolean contradict(
      @Nullable Map<String, StringMatch> root, @Nullable Map<String, StringMatch> leaf) {
    return leaf != null
        && root != null
        && leaf.entrySet().stream()
            .anyMatch(one -> contradict(root.get(one.getKey()), one.getValue()));
  }

  private static boolean ports(int root, int leaf) {
    return root > 0 && leaf > 0 && root != leaf;
  }

  private static boolean sources(HTTPMatchRequest root, HTTPMatchRequest leaf) {
    String namespace = text(root.getSourceNamespace());
    // A root that names a namespace wants the same words of its delegate; silence contradicts.
    if (!namespace.isEmpty() && !namespace.equals(text(leaf.getSourceNamespace()))) {
      return true;
    }
    Map<String, String> labels = Objects.requireNonNullElse(root.getSourceLabels(), Map.of());
    return leaf.getSourceLabels() != null
        && leaf.getSourceLabels().entrySet().stream()
            .anyMatch(
                one ->
                    labels.containsKey(one.getKey())
                        && !one.getValue().equals(labels.get(one.getKey())));
  }

  private static boolean gateways(List<String> root, List<String> leaf) {
    return !root.isEmpty()
        && !leaf.isEmpty()
        && (root.size() < leaf.size() || !new HashSet<>(root).containsAll(leaf));
  }

  /** True where what the root says of a text keeps out what its delegate wants. */
  private static boolean contradict(@Nullable StringMatch root, @Nullable StringMatch leaf) {
    if (root == null || leaf == null) {
      return false;
    }
    boolean regex = !regex(root).isEmpty() || !regex(leaf).isEmpty();
    if (regex || root.getMatchType() == null || leaf.getMatchType() == null) {
      return true;
    }
    if (!exact(root).isEmpty()) {
      return !exact(leaf).equals(exact(root));
    }
    String prefix = prefix(root);
    String within = prefix(leaf).isEmpty() ? exact(leaf) : prefix(leaf);
    return prefix.isEmpty() || within.isEmpty() || !within.startsWith(prefix);
  }

  private static String exact(StringMatch match) {
    return match.getMatchType() instanceof StringMatchExact one ? text(one.getExact()) : "";
  }

  private static String prefix(StringMatch match) {
    return match.getMatchType() instanceof StringMatchPrefix one ? text(one.getPrefix()) : "";
  }

  private static String regex(StringMatch match) {
    return match.getMatchType() instanceof StringMatchRegex one ? text(one.getRegex()) : "";
  }

  private static String text(@Nullable String said) {
    return Objects.requireNonNullElse(said, "");
  }
}
