using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Parley.Net.Pipelines;

/// <summary>What became of one item of a parallel pipeline: a value or an error, with the item that it is about.</summary>
public readonly record struct Outcome<TIn, TOut>
{
    private readonly TOut? _value;

    internal Outcome(TIn input, TOut value)
    {
        Input = input;
        _value = value;
    }

    internal Outcome(TIn input, Exception error)
    {
        Input = input;
        Error = error;
    }

    /// <summary>The item, as it came from the source.</summary>
    public TIn Input { get; }

    /// <summary>What the function threw for this item, or null.</summary>
    public Exception? Error { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>What the function returned; throws what it threw if it did.</summary>
    public TOut Value
    {
        get
        {
            if (Error is not null)
            {
                ExceptionDispatchInfo.Throw(Error);
            }

            return _value!;
        }
    }
}
