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
