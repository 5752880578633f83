using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Parley.Storage.Sqlite.Engine;

/// <summary>Questions to SQLite about the file behind a connection (https://www.sqlite.org/c3ref/file_control.html), which its wrapper leaves out.</summary>
internal static partial class FileControl
{
    /// <summary>https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html, <c>SQLITE_FCNTL_HAS_MOVED</c>.</summary>
    private const int HasMovedOperation = 20;

    /// <summary>True if there is no such file any more under the name that it was opened by, or it is another one. Never where open files stay where they are.</summary>
    public static bool HasMoved(sqlite3 handle)
    {
        var hasMoved = 0;
        return Control(handle.DangerousGetHandle(), "main", HasMovedOperation, ref hasMoved) == raw.SQLITE_OK && hasMoved != 0;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int Control(nint handle, string database, int operation, ref int argument);
}
