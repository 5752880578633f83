namespace Parley.Fuzz;

/// <summary>A claim about a parser that an input has proven wrong.</summary>
internal sealed class FuzzException(string message) : Exception(message);
