using System.Buffers;

namespace Parley.Protocol.Irc;

/// <summary>Writes the tags in front of a message, or nothing when there are none.</summary>
/// <remarks>
/// <para>A server MUST add its own tags before those of the client, and MUST NOT add more than 510 bytes of them
/// (https://ircv3.net/specs/extensions/message-tags#size-limit): it has a handful with values it made itself.</para>
/// <para>It is changed by what it writes: pass it on by <c>ref</c>, and <see cref="End"/> it once.</para>
/// </remarks>
public ref struct IrcTagWriter(IBufferWriter<byte> output)
{
    private readonly IBufferWriter<byte> _output = output;
    private bool _hasTags;

    /// <summary>Adds a tag without value.</summary>
    public void Add(ReadOnlySpan<byte> key)
    {
        _output.Write(_hasTags ? ";"u8 : "@"u8);
        _hasTags = true;
        LineSafeText.Write(key, _output);
    }

    /// <summary>Adds a tag and escapes its value, which is UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        AddKey(key);
        IrcTagValue.Escape(value, _output);
    }

    /// <summary>Adds a tag and escapes its value.</summary>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<char> value)
    {
        AddKey(key);
        IrcTagValue.Escape(value, _output);
    }

    /// <summary>Adds the <c>time</c> tag: when it was said, in UTC, to the millisecond.</summary>
    public void AddTime(DateTimeOffset time)
    {
        AddKey("time"u8);
        IrcServerTime.Write(time, _output);
    }

    /// <summary>Adds a tag of another message as it stands there.</summary>
    public void Add(IrcTag tag)
    {
        if (tag.RawValue.IsEmpty)
        {
            Add(tag.Key);
            return;
        }

        AddKey(tag.Key);
        LineSafeText.Write(tag.RawValue, _output);
    }

    /// <summary>Adds tags of another message as they stand there.</summary>
    public void Add(IrcTags tags)
    {
        foreach (var tag in tags)
        {
            Add(tag);
        }
    }

    /// <summary>Ends the tags; the message follows.</summary>
    public readonly void End()
    {
        if (_hasTags)
        {
            _output.Write(" "u8);
        }
    }

    private void AddKey(ReadOnlySpan<byte> key)
    {
        Add(key);
        _output.Write("="u8);
    }
}
