namespace Parley.Core.History;

/// <summary>Which part of a longer stretch of history something is.</summary>
[Flags]
public enum HistoryPart
{
    /// <summary>Neither its beginning nor its end.</summary>
    Middle = 0,

    /// <summary>Its beginning.</summary>
    First = 1,

    /// <summary>Its end.</summary>
    Last = 2,

    /// <summary>All of it.</summary>
    Whole = First | Last,
}
