using Parley.Core.Accounts;
using Parley.Core.Files;

namespace Parley.Storage.Files;

/// <summary>Record of a file, as it is written beside it. New members MUST have a default that fits the files of before.</summary>
internal sealed record AboutFile(
    string Id,
    string Name,
    string MediaType,
    long Bytes,
    long Owner,
    DateTimeOffset Uploaded,
    int Width = 0,
    int Height = 0,
    bool HasPreview = false,
    FileUse Use = FileUse.Waiting,
    DateTimeOffset UsedSince = default)
{
    public static AboutFile Of(StoredFile file) => new(
        file.Id.Value, file.Name, file.MediaType, file.Bytes, file.Owner.Value, file.Uploaded, file.Width, file.Height, file.HasPreview, file.Use, file.UsedSince);

    /// <summary>The file; null if what was written is not of one.</summary>
    public StoredFile? ToFile() => !FileId.TryParse(Id, out var id) || Name is null || MediaType is null ? null
        : new StoredFile(id, Name, MediaType, Bytes, Identity.Restore(Owner), Uploaded)
        {
            Width = Width,
            Height = Height,
            HasPreview = HasPreview,
            Use = Use,
            UsedSince = UsedSince,
        };
}
