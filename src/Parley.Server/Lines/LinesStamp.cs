using System.Buffers;
using Parley.Core.Names;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines;

/// <summary>Tags and time before a line, which tell where and when something was said; <c>default</c> is none.</summary>
internal readonly struct LinesStamp
{
    private readonly DateTimeOffset? _local;
    private readonly bool _hasDate;

    private LinesStamp(DateTimeOffset local, bool hasDate) => (_local, _hasDate) = (local, hasDate);

    /// <summary>The time of day.</summary>
    public static LinesStamp Time(DateTimeOffset local) => new(local, hasDate: false);

    /// <summary>The date and the time of day.</summary>
    public static LinesStamp DateAndTime(DateTimeOffset local) => new(local, hasDate: true);

    /// <summary>Room of the line; empty for none.</summary>
    public RoomName Room { get; init; }

    /// <summary>Id of the message; null for none.</summary>
    public string? Id { get; init; }

    /// <summary>Id of the message that the line is about; null for none.</summary>
    public string? Reference { get; init; }

    public void Write(IBufferWriter<byte> output)
    {
        LinesWriter.Tags(output, Room.Value, Id, Reference);
        if (_local is not { } local)
        {
            return;
        }

        if (_hasDate)
        {
            LinesWriter.DateAndTime(output, local);
        }
        else
        {
            LinesWriter.Time(output, local);
        }
    }
}
