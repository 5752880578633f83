namespace Parley.Conformance.Tests.Support;

/// <summary>The sentence of a specification that a test is about.</summary>
/// <param name="source">Where it stands.</param>
/// <param name="sentence">The sentence, word for word.</param>
/// <param name="date">When it came into the specification; empty for one that has stood there for years.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class QuoteAttribute(string source, string sentence, string date = "") : Attribute
{
    public string Source { get; } = source;

    public string Sentence { get; } = sentence;

    public string Date { get; } = date;
}
