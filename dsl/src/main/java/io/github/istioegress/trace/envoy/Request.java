package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.IsStringMatchMatchType;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatch;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchExact;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchPrefix;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchRegex;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as a proxy reads it.
 *
 * @param method its method
 * @param host its Host header
 * @param path its path, the query included
 * @param headers its other headers, by lower-case name
 */
public record Request(String method, String host, String path, Map<String, String> headers) {

  /** The same with another Host. */
  public Request withHost(String other) {
    return new Request(method, other, path, headers);
  }

  /** The path without its query. */
  public String pathOnly() {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /** A header by its name, in any case; Envoy holds the request line's parts as headers, too. */
  public Optional<String> header(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case ":authority", "host" -> Optional.of(host);
      case ":method" -> Optional.of(method);
      case ":path" -> Optional.of(path);
      case ":scheme" -> Optional.of("http");
      default -> Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    };
  }

  /** True for what the proxies on the way write or overwrite, whatever the caller says. */
  public static boolean isWrittenByProxies(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals(":scheme")
        || lower.equals("x-request-id")
        || lower.equals("traceparent")
        || lower.startsWith("x-forwarded-")
        || lower.startsWith("x-envoy-")
        || lower.startsWith("x-b3-");
  }

  /**
   * True where the request is what a match asks for; gateways, port and source are judged before.
   */
  boolean matches(Optional<HTTPMatchRequest> match) {
    if (match.isEmpty()) {
      return true;
    }
    HTTPMatchRequest wanted = match.get();
    return fitsPath(wanted)
        && fits(wanted.getMethod(), method)
        && fits(wanted.getAuthority(), host)
        && fits(wanted.getScheme(), "http")
        && fitsAll(wanted.getHeaders())
        && fitsNone(wanted.getWithoutHeaders())
        && fitsQuery(wanted.getQueryParams());
  }

  private boolean fitsPath(HTTPMatchRequest wanted) {
    if (wanted.getUri() == null) {
      return true;
    }
    if (!Boolean.TRUE.equals(wanted.getIgnoreUriCase())) {
      return fits(wanted.getUri(), pathOnly());
    }
    IsStringMatchMatchType type = wanted.getUri().getMatchType();
    String lower = pathOnly().toLowerCase(Locale.ROOT);
    if (type instanceof StringMatchExact exact) {
      return lower.equals(exact.getExact().toLowerCase(Locale.ROOT));
    }
    if (type instanceof StringMatchPrefix prefix) {
      return lower.startsWith(prefix.getPrefix().toLowerCase(Locale.ROOT));
    }
    return fits(wanted.getUri(), pathOnly());
  }

  private boolean fitsAll(@Nullable Map<String, StringMatch> wanted) {
    return wanted == null
        || wanted.entrySet().stream().allMatch(e -> fitsHeader(e.getKey(), e.getValue()));
  }

  private boolean fitsNone(@Nullable Map<String, StringMatch> unwanted) {
    return unwanted == null
        || unwanted.entrySet().stream().noneMatch(e -> fitsHeader(e.getKey(), e.getValue()));
  }

  private boolean fitsHeader(String name, @Nullable StringMatch wanted) {
    return header(name).filter(value -> fits(wanted, value)).isPresent();
  }

  private boolean fitsQuery(@Nullable Map<String, StringMatch> wanted) {
    if (wanted == null || wanted.isEmpty()) {
      return true;
    }
    int start = path.indexOf('?');
    String query = start < 0 ? "" : path.substring(start + 1);
    return wanted.entrySet().stream()
        .allMatch(
            e ->
                Pattern.compile("&")
                    .splitAsStream(query)
                    .filter(pair -> pair.startsWith(e.getKey() + "="))
                    .anyMatch(pair -> fits(e.getValue(), pair.substring(e.getKey().length() + 1))));
  }

  private static boolean fits(@Nullable StringMatch wanted, String value) {
    if (wanted == null || wanted.getMatchType() == null) {
      return true;
    }
    IsStringMatchMatchType type = wanted.getMatchType();
    if (type instanceof StringMatchExact exact) {
      return value.equals(exact.getExact());
    }
    if (type instanceof StringMatchPrefix prefix) {
      return value.startsWith(prefix.getPrefix());
    }
    if (type instanceof StringMatchRegex regex) {
      try {
        return Pattern.matches(regex.getRegex(), value);
      } catch (PatternSyntaxException e) {
        return false;
      }
    }
    return false;
  }
}
