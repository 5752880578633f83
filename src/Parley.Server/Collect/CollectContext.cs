using Parley.Core.Delivery;
using Parley.Core.Names;
using Parley.Server.Options;
using Parley.Server.Posting;

namespace Parley.Server.Collect;

/// <summary>State that all sessions of the collector share.</summary>
internal sealed class CollectContext(PosterDirectory posters, ParleyOptions options)
{
    public PosterDirectory Posters { get; } = posters;

    /// <summary>A session of the collector is in no room: its outbox only carries answers.</summary>
    public Flavor Flavor { get; } = new SilentFlavor();

    public int MaxLineBytes { get; } = options.MaxLineBytes;

    /// <summary>Where lines go; the settings were checked.</summary>
    public RoomName Room { get; } = RoomName.TryParse(options.CollectRoom, out var room) ? room : default;

    /// <summary>In whose name.</summary>
    public UserName Author { get; } = UserName.TryParse(options.CollectName, out var name) ? name : default;

    public OutboxOptions Outbox { get; } = new() { MaxBytes = options.MaxOutboxBytes };
}
