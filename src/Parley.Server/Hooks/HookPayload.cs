using System.Buffers;
using Parley.Core.Events;
using Parley.Core.Hooks;
using Parley.Protocol.Framing;
using Parley.Server.Http;
using Parley.Server.Posting;

namespace Parley.Server.Hooks;

/// <summary>What a hook is sent: one object of JSON a message.</summary>
internal static class HookPayload
{
    public static byte[] Encode(MessagePosted message, WebHook hook) => JsonBody.Encode(json =>
    {
        // As everywhere, what could drive a terminal does not leave the server.
        var text = new ArrayBufferWriter<byte>(message.Text.Length + 1);
        Utf8Text.WriteWithoutControls(message.Text.Span, text);
        json.WriteString("id", PostedMessage.Of(message).Id);
        json.WriteString("event", hook.Mentions.Count > 0 ? "mention" : "message");
        json.WriteString("room", message.Room.Value);
        json.WriteNumber("number", message.Number);
        json.WriteString("from", message.Actor.Name.Value);
        json.WriteString("kind", message.Kind == MessageKind.Action ? "action" : "text");
        json.WriteString("text", text.WrittenSpan);
        json.WriteString("time", message.Time);
    });
}
