using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Parley.Net.Pipelines;

/// <summary>Result of one item in a parallel pipeline: a value or an error, together with the item.</summary>
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

    /// <summary>Exception that the function threw for this item; null if it threw none.</summary>
    public Exception? Error { get; }

    /// <summary>True if there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>Value that the function returned; throws the function's own exception if there is one.</summary>
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
