package io.github.istioegress.intent;

/** The failures after which a call is tried again ({@code http.retries.retryOn}). */
public enum RetryOn {
  /** Any answer from 500 on, and no answer. */
  FIVE_XX("5xx"),
  /** 502, 503 or 504. */
  GATEWAY_ERROR("gateway-error"),
  /** No connection came about. */
  CONNECT_FAILURE("connect-failure"),
  /** The connection was reset before an answer. */
  RESET("reset"),
  /** The stream was refused, so that nothing was done. */
  REFUSED_STREAM("refused-stream"),
  /** A gRPC answer of unavailable. */
  UNAVAILABLE("unavailable");

  private final String word;

  RetryOn(String word) {
    this.word = word;
  }

  /** Envoy's word for it. */
  public String word() {
    return word;
  }
}
