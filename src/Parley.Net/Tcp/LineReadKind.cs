namespace Parley.Net.Tcp;

/// <summary>Results of a read by a <see cref="LineReader"/>.</summary>
internal enum LineReadKind
{
    /// <summary>A line with its end.</summary>
    Line,

    /// <summary>Text after the last line end, when the other side has closed.</summary>
    HalfLine,

    /// <summary>A line over the limit. It is told once, as soon as it is known, and skipped up to its end.</summary>
    TooLong,

    /// <summary>The other side has closed, everything is read.</summary>
    End,
}
