namespace Parley.Net.Pipelines;

/// <summary>A source of items and how many of them are worked on at a time.</summary>
/// <remarks>
/// <para>
/// The degree bounds everything: no more items than that are taken from the source and not yet handed to the consumer. So the
/// source is not read ahead, and a slow consumer stops the work.
/// </para>
/// <para>
/// The failure of an item is the <see cref="Outcome{TIn,TOut}.Error"/> of its outcome, and the others go on. A source that
/// throws ends the enumeration with what it threw, after the outcomes of all that it gave.
/// </para>
/// <para>
/// A consumer that leaves early, or whose token is cancelled, cancels the work in flight and waits for its end: when the
/// enumeration is over, nothing of it runs on.
/// </para>
/// </remarks>
public sealed class ParallelSource<T>
{
    private readonly IAsyncEnumerable<T> _source;
    private readonly int _degree;
    private readonly bool _inOrder;

    internal ParallelSource(IAsyncEnumerable<T> source, int degree, bool inOrder)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        _source = source;
        _degree = degree;
        _inOrder = inOrder;
    }

    /// <summary>Has outcomes come in the order of the source, instead of as they are ready.</summary>
    /// <remarks>An item that takes long holds up those behind it, and with them the work, once the degree is used up.</remarks>
    public ParallelSource<T> InOrder() => new(_source, _degree, inOrder: true);

#pragma warning disable VSTHRD200 // Select is what LINQ calls it, over asynchronous sources as well.

    /// <summary>Applies a function that computes, on the thread pool; enumerating the result starts the work.</summary>
    public IAsyncEnumerable<Outcome<T, TOut>> Select<TOut>(Func<T, TOut> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Select((item, _) => ValueTask.FromResult(selector(item)));
    }

    /// <summary>Applies a function that waits; its token is cancelled when the consumer is gone. Enumerating starts the work.</summary>
    public IAsyncEnumerable<Outcome<T, TOut>> Select<TOut>(Func<T, CancellationToken, ValueTask<TOut>> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return new ParallelSelect<T, TOut>(_source, _degree, _inOrder, selector);
    }
}
