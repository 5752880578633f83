using System.Buffers;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines;

/// <summary>Time stamp before a line that tells when it was said; <c>default</c> is none.</summary>
internal readonly struct LinesStamp
{
    private readonly DateTimeOffset? _local;
    private readonly bool _hasDate;

    private LinesStamp(DateTimeOffset local, bool hasDate) => (_local, _hasDate) = (local, hasDate);

    /// <summary>The time of day.</summary>
    public static LinesStamp Time(DateTimeOffset local) => new(local, hasDate: false);

    /// <summary>The date and the time of day.</summary>
    public static LinesStamp DateAndTime(DateTimeOffset local) => new(local, hasDate: true);

    public void Write(IBufferWriter<byte> output)
    {
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
