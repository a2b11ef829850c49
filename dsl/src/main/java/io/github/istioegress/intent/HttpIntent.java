package io.github.istioegress.intent;

import java.time.Duration;

/** A sentence whose calls proxies read as HTTP. */
public sealed interface HttpIntent extends EgressIntent permits HttpGatewayIntent {

  /**
   * A call is answered within this time, or the caller's sidecar answers 504 ({@code
   * http.timeout}).
   *
   * @throws IllegalArgumentException when it is shorter than a millisecond, or the host is a
   *     wildcard
   */
  HttpIntent timeout(Duration longest);

  /**
   * The last proxy on the way tries a failed call again ({@code http.retries}); the others then do
   * not, for tries of several proxies multiply.
   *
   * @param attempts how often, at most; 0 for never, 10 at most
   * @param on on which failures; where none is said, on those that Istio retries by default
   * @throws IllegalArgumentException when attempts are out of range, or the host is a wildcard
   */
  HttpIntent retries(int attempts, RetryOn... on);

  /**
   * The caller's sidecar delays or aborts a share of the calls, to try what the application makes
   * of it ({@code http.fault}).
   *
   * @throws IllegalArgumentException when the host is a wildcard
   */
  HttpIntent fault(Fault fault);

  /**
   * The last proxy on the way sends copies of a share of the requests to another host, too ({@code
   * http.mirrors}; in the Gateway API a filter {@code RequestMirror}, whose shares are known since
   * Istio 1.26), and nobody waits for its answers. The other host is reached as its own sentence
   * says, through the same proxy; that sentence becomes one of the namespace. A copy keeps the Host
   * of its request, which before Istio 1.28 ends in {@code -shadow}. Policies are asked of the
   * request, never of its copy.
   *
   * @param copies the sentence of the other host
   * @param percent how many of a hundred requests are copied, 1 to 100
   * @throws IllegalArgumentException when it is no such share, a copy would pass by the other
   *     host's way, or a host is a wildcard
   */
  HttpIntent mirroredTo(HttpIntent copies, int percent);

  @Override
  HttpIntent named(String name);

  @Override
  HttpIntent portNamed(String name);

  @Override
  HttpIntent subset(String name);

  @Override
  HttpIntent virtualServiceNamed(String name);

  @Override
  HttpIntent destinationRuleNamed(String name);

  @Override
  HttpIntent gatewayNamed(String name);

  @Override
  HttpIntent declaredAs(DeclaredProtocol protocol);

  @Override
  HttpIntent visible(Visibility to);

  @Override
  HttpIntent connections(int most);

  @Override
  HttpIntent connectTimeout(Duration longest);

  @Override
  HttpIntent ejectAfter(Ejection ejection);
}
