/** Whether anything changed since the last run. */
@NullMarked
package io.github.istioegress.maven.lastrun;

import org.jspecify.annotations.NullMarked;
