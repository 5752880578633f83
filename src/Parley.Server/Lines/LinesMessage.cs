using System.Buffers;
using Parley.Core.Events;
using Parley.Protocol.Irc;
using Parley.Protocol.Lines;

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
        if (message.Draft.IsForClients)
        {
            return;
        }

        foreach (var line in new PlainLines(message.Text.Span))
        {
            if (message.Kind == MessageKind.Action)
            {
                LinesWriter.DirectActionFrom(output, message.From.Name.Value, line);
            }
            else
            {
                LinesWriter.DirectFrom(output, message.From.Name.Value, line);
            }
        }
    }
}
