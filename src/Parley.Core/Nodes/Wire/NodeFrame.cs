using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Core.Nodes.Wire;

/// <summary>Frames that cross between nodes, as bytes: JSON, with the number of the question ahead of an answer, whose type the question knows.</summary>
internal static class NodeFrame
{
    /// <summary>Begins an answer; JSON begins with a brace.</summary>
    private const byte Answer = (byte)'=';

    private static readonly JsonSerializerOptions Options = new(FrameContext.Default.Options)
    {
        TypeInfoResolver = FrameContext.Default.WithAddedModifier(AddKinds),
    };

    private static readonly JsonTypeInfo<NodeEvent> Event = (JsonTypeInfo<NodeEvent>)Options.GetTypeInfo(typeof(NodeEvent));

    private static readonly JsonTypeInfo<NodeRequest> Request = (JsonTypeInfo<NodeRequest>)Options.GetTypeInfo(typeof(NodeRequest));

    private static readonly JsonTypeInfo<BrokerSnapshot> Broker = (JsonTypeInfo<BrokerSnapshot>)Options.GetTypeInfo(typeof(BrokerSnapshot));

    /// <summary>Writes something that the home sends.</summary>
    public static void Write(NodeEvent what, IBufferWriter<byte> output)
    {
        if (what is not Answered answered)
        {
            using var writer = new Utf8JsonWriter(output);
            JsonSerializer.Serialize(writer, what, Event);
            return;
        }

        var head = output.GetSpan(1 + sizeof(long));
        head[0] = Answer;
        BinaryPrimitives.WriteInt64LittleEndian(head[1..], answered.Ask);
        output.Advance(1 + sizeof(long));
        using var answer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(answer, answered.Answer, Options.GetTypeInfo(answered.Type));
    }

    /// <summary>Writes something that a node sends.</summary>
    public static void Write(NodeRequest what, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(writer, what, Request);
    }

    /// <summary>Reads something that the home has sent.</summary>
    /// <param name="frame">The bytes.</param>
    /// <param name="answerTypeOf">Type of the answer to a question, by its number; null if nobody waits for it.</param>
    /// <exception cref="JsonException">It is nothing that a home sends.</exception>
    public static NodeEvent ReadEvent(ReadOnlySpan<byte> frame, Func<long, Type?> answerTypeOf)
    {
        if (frame is not [Answer, ..])
        {
            return JsonSerializer.Deserialize(frame, Event) ?? throw new JsonException("No event");
        }

        if (!BinaryPrimitives.TryReadInt64LittleEndian(frame[1..], out var ask))
        {
            throw new JsonException("An answer without the number of a question");
        }

        return answerTypeOf(ask) is { } type
            ? new Answered(ask, JsonSerializer.Deserialize(frame[(1 + sizeof(long))..], Options.GetTypeInfo(type)), type)
            : new Answered(ask, null, typeof(object));
    }

    /// <summary>Reads something that a node has sent.</summary>
    /// <exception cref="JsonException">It is nothing that a node sends.</exception>
    public static NodeRequest ReadRequest(ReadOnlySpan<byte> frame) => JsonSerializer.Deserialize(frame, Request) ?? throw new JsonException("No request");

    /// <summary>Writes what a broker hands over to another process.</summary>
    public static byte[] Write(BrokerSnapshot what) => JsonSerializer.SerializeToUtf8Bytes(what, Broker);

    /// <summary>Reads what a broker has handed over.</summary>
    /// <exception cref="JsonException">It is no state of a broker.</exception>
    public static BrokerSnapshot ReadBroker(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, Broker) ?? throw new JsonException("No state");

    private static void AddKinds(JsonTypeInfo info)
    {
        if (FrameKinds.Of(info.Type) is not { } kinds)
        {
            return;
        }

        info.PolymorphismOptions = new JsonPolymorphismOptions();
        foreach (var kind in kinds)
        {
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, kind.Name));
        }
    }
}
