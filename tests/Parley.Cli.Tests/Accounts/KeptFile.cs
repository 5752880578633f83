using Parley.Core.Accounts;
using Parley.Core.Files;
using Parley.Storage.Files;

namespace Parley.Cli.Tests.Accounts;

/// <summary>Puts files into a store.</summary>
internal static class KeptFile
{
    /// <summary>Keeps a file of an owner, and returns its id.</summary>
    public static FileId Of(DiskFileStore store, Identity owner)
    {
        using var draft = store.Begin();
        draft.Content.Write("hello"u8);
        draft.Keep(new StoredFile(draft.Id, "notes.txt", "text/plain", 5, owner, DateTimeOffset.UtcNow), preview: default);
        return draft.Id;
    }
}
