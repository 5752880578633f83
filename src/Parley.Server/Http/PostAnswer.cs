using System.Text.Json;
using Parley.Server.Json;
using Parley.Server.Posting;

namespace Parley.Server.Http;

/// <summary>Answer to a request whose messages are in the room: the last of them, and if there are several, each.</summary>
internal static class PostAnswer
{
    public static byte[] Encode(IReadOnlyList<PostedMessage> messages) => JsonBody.Encode(json =>
    {
        json.WriteString("room", messages[^1].Room.Value);
        Write(json, messages[^1]);
        if (messages.Count == 1)
        {
            return;
        }

        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            json.WriteStartObject();
            Write(json, message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, PostedMessage message)
    {
        json.WriteNumber("number", message.Number);
        json.WriteString("id", message.Id);
        json.WriteString("time", message.Time);
    }
}
