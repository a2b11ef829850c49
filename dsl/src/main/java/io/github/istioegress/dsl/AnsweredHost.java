package io.github.istioegress.dsl;

import io.github.istioegress.intent.VersionedMesh;
import io.github.istioegress.mesh.IstioVersion;

/** Words of {@link Egress.To} by which other hosts answer the calls to the one that is named. */
public sealed interface AnsweredHost permits Egress.To {

  /**
   * Another host answers the calls: the last proxy on the way sends them there, with its name as
   * the Host header (VirtualService {@code rewrite.authority}) and, where it originates TLS, as SNI
   * and name of the certificate. The named host is never looked up by a proxy; the application,
   * which dials it, must be able to. Inside TLS of the application the name cannot be changed, so
   * there is no such word for {@code tls}.
   *
   * @param host the fully qualified name of the host that answers
   * @throws IllegalArgumentException when it is no such name
   */
  Renamed answeredBy(String host);

  /**
   * Another host answers a share of the calls. Those of HTTP bear its own name there; TLS of the
   * application keeps the SNI it has, so for {@code tls} the other host must have a certificate for
   * the named one. Each proxy throws its dice for every request, or for every connection of TLS.
   *
   * @param host the fully qualified name of the other host
   * @param percent its share of a hundred calls, 1 to 99 (VirtualService {@code route.weight})
   * @throws IllegalArgumentException when it is no such name or no such share
   */
  Shared canary(String host, int percent);

  /**
   * A second host answers in place of addresses of the named one that the last proxy leaves alone:
   * none of the calls while most of them are well, all once none is left. What is counted is said
   * by {@code ejectAfter}; where nothing is said, five failed connections or answers 502, 503 and
   * 504 in a row, for 30 seconds ({@code outlierDetection}, {@code failoverPriority}). Each proxy
   * counts its own calls. The calls keep the Host header and the SNI they have, so the second host
   * must answer for the named one. Clusters looked up in DNS have priorities since Istio 1.30.
   *
   * @param host the fully qualified name of the second host
   * @param mesh the mesh it is said for, of a release that can
   * @throws IllegalArgumentException when it is no such name
   */
  Shared otherwise(String host, VersionedMesh<? extends IstioVersion.Since1_30> mesh);

  /** A host under whose name another one answers; only calls that a proxy reads can be so. */
  sealed interface Renamed permits Shared {
    /** The application speaks plaintext HTTP on this port. */
    Egress.Plain http(int port);

    /** The application speaks plaintext HTTP/2 from the first byte. */
    Egress.Plain http2(int port);

    /** The application speaks gRPC without TLS. */
    Egress.Plain grpc(int port);
  }

  /** A host beside which another one answers; bytes would need addresses for each of the two. */
  sealed interface Shared extends Renamed permits SaidHost {
    /** The application itself speaks TLS on this port; nobody on the way opens it. */
    Egress.Path tls(int port);
  }
}
