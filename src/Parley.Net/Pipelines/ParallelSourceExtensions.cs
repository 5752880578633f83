namespace Parley.Net.Pipelines;

/// <summary>Where a parallel pipeline begins: <c>source.WithParallelism(8).Select(...)</c>.</summary>
public static class ParallelSourceExtensions
{
    /// <summary>Has what follows work on up to <paramref name="degree"/> items at a time (at least 1).</summary>
    public static ParallelSource<T> WithParallelism<T>(this IEnumerable<T> source, int degree)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new ParallelSource<T>(source.ToAsyncEnumerable(), degree, inOrder: false);
    }

    /// <summary>Has what follows work on up to <paramref name="degree"/> items at a time (at least 1).</summary>
    public static ParallelSource<T> WithParallelism<T>(this IAsyncEnumerable<T> source, int degree)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new ParallelSource<T>(source, degree, inOrder: false);
    }
}
