namespace Parley.Core.Search;

/// <summary>One term that an index is asked for.</summary>
/// <param name="Text">The term.</param>
/// <param name="IsPrefix">Whether terms that only begin so are meant, too.</param>
public readonly record struct SearchTerm(string Text, bool IsPrefix);
