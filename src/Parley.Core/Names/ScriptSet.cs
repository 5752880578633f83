namespace Parley.Core.Names;

/// <summary>Set of scripts, by their numbers, which are below 192.</summary>
internal readonly record struct ScriptSet(ulong Low, ulong Middle, ulong High)
{
    /// <summary>All scripts: the set of a letter that goes with any.</summary>
    public static ScriptSet All => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>True if no script is in it.</summary>
    public bool IsEmpty => (Low | Middle | High) == 0;

    /// <summary>The set with one script more.</summary>
    public ScriptSet With(int script) => script switch
    {
        < 64 => this with { Low = Low | 1UL << script },
        < 128 => this with { Middle = Middle | 1UL << (script - 64) },
        < 192 => this with { High = High | 1UL << (script - 128) },
        _ => throw new ArgumentOutOfRangeException(nameof(script), script, "There are more scripts than a set holds."),
    };

    /// <summary>The scripts that are in both.</summary>
    public ScriptSet And(ScriptSet other) => new(Low & other.Low, Middle & other.Middle, High & other.High);
}
