using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Parley.Protocol.Irc;

/// <summary>Packs many words, such as the members of a channel, into as few messages of at most 512 bytes as they need.</summary>
/// <remarks>It is changed by what it is given: pass it on by <c>ref</c>, and <see cref="End"/> it once.</remarks>
public ref struct IrcWords
{
    private readonly IBufferWriter<byte> _output;
    private readonly ReadOnlySpan<byte> _prefix;
    private Gathered _gathered;
    private int _length;
    private int _words;

    /// <summary>Begins a list.</summary>
    /// <param name="output">Takes the messages.</param>
    /// <param name="prefix">The beginning of each message, with the colon or space before its first word, as UTF-8.</param>
    public IrcWords(IBufferWriter<byte> output, ReadOnlySpan<byte> prefix)
    {
        _output = output;
        _prefix = prefix;
        Separator = (byte)' ';
        MaxWords = int.MaxValue;
    }

    /// <summary>Begins a list.</summary>
    /// <param name="output">Takes the messages.</param>
    /// <param name="prefix">The beginning of each message, with the colon or space before its first word.</param>
    public IrcWords(IBufferWriter<byte> output, string prefix)
        : this(output, Encoding.UTF8.GetBytes(prefix))
    {
    }

    /// <summary>Byte between two words; a space by default.</summary>
    public byte Separator { readonly get; init; }

    /// <summary>The beginning of each message but the last, where that differs, as in <c>CAP * LS * :</c>.</summary>
    public ReadOnlySpan<byte> ContinuedPrefix { readonly get; init; }

    /// <summary>The end of each message, such as <c> :are supported by this server</c>.</summary>
    public ReadOnlySpan<byte> Suffix { readonly get; init; }

    /// <summary>The tags of each message, whole, from the <c>@</c> to the space; they take nothing from the 512 bytes.</summary>
    public ReadOnlySpan<byte> Tags { readonly get; init; }

    /// <summary>Number of words that a message has at most.</summary>
    public int MaxWords { readonly get; init; }

    /// <summary>Adds a word; one that does not even fit alone is cut off.</summary>
    public void Add(scoped ReadOnlySpan<char> word)
    {
        Span<byte> bytes = stackalloc byte[IrcFramer.MaxBodyBytes];
        Utf8.FromUtf16(word, bytes, out _, out var written);
        Add(bytes[..written]);
    }

    /// <summary>Adds a word that is UTF-8 already; one that does not even fit alone is cut off.</summary>
    public void Add(scoped ReadOnlySpan<byte> word)
    {
        Span<byte> safe = stackalloc byte[IrcFramer.MaxBodyBytes];
        safe = safe[..LineSafeText.Copy(word, safe)];

        var room = IrcFramer.MaxBodyBytes - Math.Max(_prefix.Length, ContinuedPrefix.Length) - Suffix.Length;
        if (_words > 0 && (_words >= MaxWords || _length + 1 + safe.Length > room))
        {
            Write(ContinuedPrefix.IsEmpty ? _prefix : ContinuedPrefix);
        }

        Span<byte> gathered = _gathered;
        if (_words++ > 0)
        {
            gathered[_length++] = Separator;
        }

        var fitting = IrcText.Truncate(safe, Math.Max(room - _length, 0));
        fitting.CopyTo(gathered[_length..]);
        _length += fitting.Length;
    }

    /// <summary>Writes what is left.</summary>
    /// <param name="evenIfEmpty">Whether a list without words has a message without words, and not none.</param>
    public void End(bool evenIfEmpty = false)
    {
        if (_words > 0 || evenIfEmpty)
        {
            Write(_prefix);
        }
    }

    private void Write(scoped ReadOnlySpan<byte> prefix)
    {
        ReadOnlySpan<byte> words = _gathered;
        _output.Write(Tags);
        _output.Write(prefix);
        _output.Write(words[.._length]);
        _output.Write(Suffix);
        _output.Write("\r\n"u8);
        _length = 0;
        _words = 0;
    }

    [InlineArray(IrcFramer.MaxBodyBytes)]
    private struct Gathered
    {
        private byte _first;
    }
}
