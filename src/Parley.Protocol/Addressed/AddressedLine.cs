namespace Parley.Protocol.Addressed;

/// <summary>One line from an addressed client: a text and those it is for.</summary>
public readonly ref struct AddressedLine
{
    private readonly ReadOnlySpan<byte> _recipients;

    internal AddressedLine(ReadOnlySpan<byte> recipients, ReadOnlySpan<byte> text)
    {
        _recipients = recipients;
        Text = text;
    }

    /// <summary>Text after the first colon, trimmed; may be empty.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>The names before the colon, trimmed, none empty, in the order written; a name written twice comes twice.</summary>
    public RecipientEnumerator Recipients => new(_recipients);
}
