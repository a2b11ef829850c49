/** Says what will not do as intended, across all resources. */
@NullMarked
package io.github.istioegress.analysis;

import org.jspecify.annotations.NullMarked;
