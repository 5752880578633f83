using System.Buffers;
using System.Globalization;
using System.Text;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Protocol.Addressed;
using Parley.Server.Connections;

namespace Parley.Server.Addressed;

/// <summary>Events in the words of the addressed protocol, which knows messages from person to person and no rooms.</summary>
internal sealed class AddressedFlavor : Flavor
{
    public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
    {
    }

    public override void EncodeFor(Shown what, IBufferWriter<byte> output)
    {
        switch (what)
        {
            case Direct { Message: { Draft.IsForClients: false } message }:
                WriteDirect(message, output);
                break;
            case DirectEcho { Message: { Draft.IsForClients: false } message }:
                WriteEcho(message, output);
                break;
            case Waiting { Entries: var entries }:
                WriteWaiting(entries, output);
                break;
            case Missed { Count: var count }:
                AddressedWriter.Dropped(output, count);
                break;
            case NotKept:
                AddressedWriter.Refused(output);
                break;
        }
    }

    /// <summary>Lines of this protocol have no time of their own: it stands before the text, in UTC.</summary>
    private static void WriteWaiting(IReadOnlyList<HistoryEntry> entries, IBufferWriter<byte> output)
    {
        foreach (var entry in entries)
        {
            var time = entry.Time.UtcDateTime.ToString("'['yyyy-MM-dd HH:mm'] '", CultureInfo.InvariantCulture);
            foreach (var line in new PlainLines(entry.Text.Span))
            {
                byte[] text = [.. Encoding.UTF8.GetBytes(entry.Kind == MessageKind.Action ? $"{time}* {entry.Author} " : time), .. line];
                AddressedWriter.From(output, entry.Author.Value, text);
            }
        }
    }

    /// <summary>A message that its author said on another session.</summary>
    private static void WriteEcho(DirectMessage message, IBufferWriter<byte> output)
    {
        foreach (var line in new PlainLines(message.Text.Span))
        {
            byte[] text = message.Kind == MessageKind.Action ? [.. Encoding.UTF8.GetBytes($"* {message.From.Name} "), .. line] : [.. line];
            AddressedWriter.To(output, message.To.Value, text);
        }
    }

    private static void WriteDirect(DirectMessage message, IBufferWriter<byte> output)
    {
        foreach (var line in new PlainLines(message.Text.Span))
        {
            if (message.Kind == MessageKind.Action)
            {
                AddressedWriter.ActionFrom(output, message.From.Name.Value, line);
            }
            else
            {
                AddressedWriter.From(output, message.From.Name.Value, line);
            }
        }
    }
}
