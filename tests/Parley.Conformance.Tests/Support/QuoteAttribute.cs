namespace Parley.Conformance.Tests.Support;

/// <summary>The sentence of a specification that a test is about.</summary>
/// <param name="source">Where it stands.</param>
/// <param name="sentence">The sentence, word for word.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class QuoteAttribute(string source, string sentence) : Attribute
{
    public string Source { get; } = source;

    public string Sentence { get; } = sentence;
}
