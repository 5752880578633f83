using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Modes;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Tests.Fixtures;

/// <summary>Sends a value through bytes: what comes out is all of it that would arrive elsewhere.</summary>
internal static class Bytes
{
    private static readonly JsonSerializerOptions Options = new()
    {
        IncludeFields = true,
        Converters =
        {
            new TextConverter<RoomName>(name => name.Value, text => RoomName.TryParse(text, out var name) ? name : default),
            new TextConverter<UserName>(name => name.Value, text => UserName.TryParse(text, out var name) ? name : default),
            new FamilyConverter<RoomEvent>(),
            new RoomConverter(),
            new TextConverter<Identity>(id => $"{id.Value}", text => Identity.Restore(long.Parse(text!, null))),
        },
    };

    /// <summary>The same value, made of nothing but bytes. Of a family, the kind is sent along.</summary>
    public static T Through<T>(T value)
    {
        if (value is null)
        {
            return value;
        }

        var type = typeof(T) is { IsAbstract: true, IsInterface: false } ? value.GetType() : typeof(T);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, type, Options);
        return (T)JsonSerializer.Deserialize(bytes, type, Options)!;
    }

    private sealed class TextConverter<T>(Func<T, string> write, Func<string?, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }

    /// <summary>One of several kinds of record: the kind first, then what it says.</summary>
    private sealed class FamilyConverter<T> : JsonConverter<T>
        where T : class
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var parts = JsonSerializer.Deserialize<JsonElement[]>(ref reader, options)!;
            var type = typeof(T).Assembly.GetType($"{typeof(T).Namespace}.{parts[0].GetString()}", throwOnError: true)!;
            return (T)parts[1].Deserialize(type, options)!;
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(value.GetType().Name);
            JsonSerializer.Serialize(writer, value, value.GetType(), options);
            writer.WriteEndArray();
        }
    }

    /// <summary>A room as it is at the moment, which arrives as a view that nothing changes.</summary>
    private sealed class RoomConverter : JsonConverter<IRoomView>
    {
        private static readonly RoomMode[] Lists = [.. RoomModes.All.Where(info => info.Kind == RoomModeKind.Masks).Select(info => info.Mode)];

        public override IRoomView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => JsonSerializer.Deserialize<RoomView>(ref reader, options)!;

        public override void Write(Utf8JsonWriter writer, IRoomView value, JsonSerializerOptions options)
        {
            var view = new RoomView
            {
                Name = value.Name,
                Created = value.Created,
                Sight = RoomSight.Inside,
                Topic = value.Topic,
                Flags = value.Flags,
                HasKey = value.Key is not null,
                Key = value.Key,
                Numbers = value.Numbers,
                Values = value.Values,
                Members = value.Members,
                Lists = Lists.ToDictionary(list => list, value.Masks),
            };
            JsonSerializer.Serialize(writer, view, options);
        }
    }
}
