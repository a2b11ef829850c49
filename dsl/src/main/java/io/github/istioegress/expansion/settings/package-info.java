/** Fields of Istio's resources that several flavours share. */
@NullMarked
package io.github.istioegress.expansion.settings;

import org.jspecify.annotations.NullMarked;
