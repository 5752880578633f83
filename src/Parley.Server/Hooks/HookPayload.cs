using System.Buffers;
using Parley.Core.Events;
using Parley.Core.Hooks;
using Parley.Core.Text;
using Parley.Protocol.Framing;
using Parley.Server.Json;
using Parley.Server.Posting;

namespace Parley.Server.Hooks;

/// <summary>The body that a hook is sent: one JSON object for each message. Its text has line feeds, and nothing that could drive a terminal.</summary>
internal static class HookPayload
{
    /// <summary>True if a message has text to tell: there are some of formatting alone.</summary>
    public static bool HasText(MessagePosted message) => TextFormatting.Remove(message.Text.Span).ContainsAnyExcept((byte)' ', (byte)'\n');

    public static byte[] Encode(MessagePosted message, WebHook hook) => JsonBody.Encode(json =>
    {
        var text = new ArrayBufferWriter<byte>(message.Text.Length + 1);
        Utf8Text.WriteParagraphs(TextFormatting.Remove(message.Text.Span), text);
        json.WriteString("id", PostedMessage.Of(message).Id);
        json.WriteString("event", hook.Mentions.Count > 0 ? "mention" : "message");
        json.WriteString("room", message.Room.Value);
        json.WriteNumber("number", message.IsKept ? message.Number : 0);
        json.WriteString("from", message.Actor.Name.Value);
        json.WriteString("kind", message.Kind == MessageKind.Action ? "action" : "text");
        json.WriteString("text", text.WrittenSpan);
        json.WriteString("time", message.Time);
    });
}
