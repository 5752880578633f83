using System.Buffers;
using Parley.Core.Events;
using Parley.Protocol.Lines;
using Parley.Server.Connections;

namespace Parley.Server.Lines;

/// <summary>A message of any protocol in the words of the lines protocol: a line for each of its lines.</summary>
internal static class LinesMessage
{
    /// <summary>A message in a room.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="name">The author.</param>
    /// <param name="text">What it says.</param>
    /// <param name="stamp">What stands before each line.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Write(MessageKind kind, string name, ReadOnlySpan<byte> text, LinesStamp stamp, IBufferWriter<byte> output)
    {
        if (kind is not (MessageKind.Text or MessageKind.Action or MessageKind.Notice))
        {
            return;
        }

        foreach (var line in new PlainLines(text))
        {
            stamp.Write(output);
            switch (kind)
            {
                case MessageKind.Action:
                    LinesWriter.Action(output, name, line);
                    break;
                case MessageKind.Notice:
                    LinesWriter.NoticeOf(output, name, line);
                    break;
                default:
                    LinesWriter.Message(output, name, line);
                    break;
            }
        }
    }

    /// <summary>A direct message, to its recipient.</summary>
    public static void WriteDirect(DirectMessage message, IBufferWriter<byte> output)
    {
        if (!message.Draft.IsForClients)
        {
            WriteDirect(message.Kind, message.From.Name.Value, message.Text.Span, message.Draft.Tags.Span, default, output);
        }
    }

    /// <summary>A direct message, to its recipient, with the room that it belongs to before its first line.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="name">The author.</param>
    /// <param name="text">What it says.</param>
    /// <param name="tags">Its tags for clients.</param>
    /// <param name="stamp">What stands before each line.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void WriteDirect(
        MessageKind kind, string name, ReadOnlySpan<byte> text, ReadOnlySpan<byte> tags, LinesStamp stamp, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> prefix = ChannelContext.Prefix(tags);
        foreach (var line in new PlainLines(text))
        {
            stamp.Write(output);
            ReadOnlySpan<byte> shown = prefix.IsEmpty ? line : [.. prefix, .. line];
            if (kind == MessageKind.Action)
            {
                LinesWriter.DirectActionFrom(output, name, shown);
            }
            else
            {
                LinesWriter.DirectFrom(output, name, shown);
            }

            prefix = default;
        }
    }
}
