/** What istiod tells ztunnel, and what ztunnel makes of it. */
@NullMarked
package io.github.istioegress.trace.ambient;

import org.jspecify.annotations.NullMarked;
