<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>refseg</name>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Clip</source>
      <translation>片段(&amp;C)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Edit</source>
      <translation>编辑(&amp;E)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;File</source>
      <translation>文件(&amp;F)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Go</source>
      <translation>转到(&amp;G)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Help</source>
      <translation>帮助(&amp;H)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Phrase</source>
      <translation>短语(&amp;P)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Review</source>
      <translation>检查(&amp;R)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Tools</source>
      <translation>工具(&amp;T)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;View</source>
      <translation>视图(&amp;V)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_strips.py</extracomment>
      <source>, </source>
      <translation>、</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>, resolved</source>
      <translation>，已解决</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>1 blind check</source>
      <translation>1 次盲检</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/log_bundle.py</extracomment>
      <source>1 entry</source>
      <translation>1 项</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>1 file</source>
      <translation>1 个文件</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/relink.py</extracomment>
      <source>1 file looked at</source>
      <translation>已查看 1 个文件</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>1 frame</source>
      <translation>1 帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>1 more medium</source>
      <translation>1 个其他媒体</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>1 pixel</source>
      <translation>1 像素</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>; agrees {agreement} with the model's own mask</source>
      <translation>；与模型掩码的一致度为 {agreement}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>A batch is under way; stop it first, or wait for its end.</source>
      <translation>批处理正在进行；请先停止它，或等待其结束。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate_start.py</extracomment>
      <source>A chosen referent belongs to another clip; choose referents of this one.</source>
      <translation>所选对象属于另一个片段；请选择本片段的对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>A digit shows another reading.</source>
      <translation>按数字键查看其他解读。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>A mask of {1} x {2} pixels does not fit {3}, which has {4} x {5}; scale it first.</source>
      <translation>{1} x {2} 像素的掩码与 {4} x {5} 的 {3} 不符；请先缩放。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>A phrase has at most {1} letters, this one {2}; say it shorter.</source>
      <translation>短语最多 {1} 个字符，此短语有 {2} 个；请缩短。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/batch_processes.py</extracomment>
      <source>A process of the batch ended of itself, perhaps for want of memory; run it again with fewer processes, it goes on where it stopped.</source>
      <translation>批处理的一个进程自行结束，可能是内存不足；请用更少的进程重新运行，它会从中断处继续。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/session.py</extracomment>
      <source>A project that lives in memory only has no file to copy; create one for it.</source>
      <translation>仅存在于内存中的项目没有可复制的文件；请先为它创建文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>A project was among them, so it was opened and the rest left out.</source>
      <translation>其中有一个项目，已将其打开，其余未处理。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>A referent cannot be merged with itself; click another one.</source>
      <translation>对象不能与自身合并；请单击另一个。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>A settled mask is yours: propagation starts from it and never overwrites it.</source>
      <translation>已确认的掩码归您所有：传播从它开始，绝不会覆盖它。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_strips.py</extracomment>
      <source>A strip a referent; drag to go through the clip, turn the wheel to zoom.</source>
      <translation>每个对象一条轨道；拖动可浏览片段，滚轮可缩放。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>A stroke in {1} does not fit {2}; paint inside the frame.</source>
      <translation>{1} 中的笔画与 {2} 不符；请在帧内绘制。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>A stroke of {1} pixels does not fill its box of {2}; paint it again.</source>
      <translation>{1} 像素的笔画未填满 {2} 的框；请重新绘制。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>A zip for a bug report, without names; sends nothing.</source>
      <translation>用于错误报告的压缩包，不含姓名；不发送任何内容。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>About RefSeg Annotator</source>
      <translation>关于 RefSeg Annotator</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>About the side of a piece, in image pixels.</source>
      <translation>每块的大致边长，以图像像素计。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Accept</source>
      <translation>接受</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Accept and install</source>
      <translation>接受并安装</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Accept anyway</source>
      <translation>仍然接受</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Accept as the selected referent's mask</source>
      <translation>接受为所选对象的掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Accept or discard the masks of this frame, or of the selected referent, alone.</source>
      <translation>仅接受或丢弃本帧的掩码，或所选对象的掩码。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Accept propagated masks of the referent</source>
      <translation>接受该对象的传播掩码</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Accept propagated masks of this frame</source>
      <translation>接受本帧的传播掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/proposal_edit.py</extracomment>
      <source>Accept proposal</source>
      <translation>接受建议</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_desk.py</extracomment>
      <source>Accept the proposal first (Enter), or reject it (Esc).</source>
      <translation>请先接受建议 (Enter) 或拒绝它 (Esc)。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting.py</extracomment>
      <source>Accept the proposal first (Enter), or reject it (Esc); then paint.</source>
      <translation>请先接受建议 (Enter) 或拒绝它 (Esc)，然后再绘制。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Accept, mark reviewed, next unreviewed</source>
      <translation>接受、标记为已检查并转到下一张未检查的</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/offer_verbs.py</extracomment>
      <source>Accepted {count:,} mask.</source>
      <translation>已接受 {count:,} 个掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/offer_verbs.py</extracomment>
      <source>Accepted {count:,} masks.</source>
      <translation>已接受 {count:,} 个掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Accepted {words}.</source>
      <translation>已接受{words}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Action</source>
      <translation>操作</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Actions and their keys</source>
      <translation>操作及其按键</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Actual pixels</source>
      <translation>实际像素</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Add</source>
      <translation>添加</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Add a model</source>
      <translation>添加模型</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Add as a further expression</source>
      <translation>添加为另一个指代表达</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Add expression</source>
      <translation>添加指代表达</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Add from a file...</source>
      <translation>从文件添加...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Add from an address...</source>
      <translation>从网址添加...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Add medium</source>
      <translation>添加媒体</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Add model {name}</source>
      <translation>添加模型 {name}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Add referent</source>
      <translation>添加对象</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Add, subtract, intersect, in turn: what shapes, wand and superpixels do to the mask.</source>
      <translation>依次切换添加、减去、相交：决定形状、魔棒和超像素如何作用于掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Address of the model's zip, and its SHA-256 behind it if you have it:</source>
      <translation>模型压缩包的网址，其后可附 SHA-256：</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Adds to the mask; Ctrl takes away.</source>
      <translation>向掩码添加；按住 Ctrl 则减去。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Agreement</source>
      <translation>一致度</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Agreement of blind checks</source>
      <translation>盲检一致度</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Agreement {agreement}</source>
      <translation>一致度 {agreement}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>All are so already.</source>
      <translation>全部已是如此。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>All edits are on disk, but another program is reading the project, so a copy of its file could lack the latest; save it under another name instead.</source>
      <translation>所有编辑均已保存到磁盘，但另一个程序正在读取该项目，因此复制该文件可能缺少最新的编辑；请改为另存为其他名称。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>All edits are on disk.</source>
      <translation>所有编辑均已保存到磁盘。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>All files are where the project knows them.</source>
      <translation>所有文件都在项目记录的位置。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>All frames on offer were settled or locked meanwhile; reject the proposal.</source>
      <translation>待确认的帧均已被确认或锁定；请拒绝该建议。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/means_menu.py</extracomment>
      <source>All of them</source>
      <translation>全部</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>All of these frames are settled already; go to the next doubtful ones.</source>
      <translation>这些帧均已确认；请转到下一处可疑帧。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/window_verbs.py</extracomment>
      <source>All pictures of the list are reviewed.</source>
      <translation>列表中的图片均已检查。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Already in the project.</source>
      <translation>已在项目中。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Alt+wheel</source>
      <translation>Alt+滚轮</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>An expression can only mean referents of its own picture; write it anew there.</source>
      <translation>表达只能指代其所在图片的对象；请在那里重新书写。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>An unnamed project with {count} is still here, from {when}.</source>
      <translation>仍有一个未命名的项目（{count}），时间为 {when}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>And {more:,} more like these.</source>
      <translation>另有 {more:,} 项类似情况。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Another phrase for the selected referent.</source>
      <translation>为所选对象再写一条短语。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Appearance</source>
      <translation>外观</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Apply</source>
      <translation>应用</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>As before</source>
      <translation>恢复原样</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Ask another phrase</source>
      <translation>换一条短语</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Ask the mirrored picture too</source>
      <translation>同时询问镜像图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Ask the next phrase (Enter)</source>
      <translation>询问下一条短语 (Enter)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Asks the model many phrases of many pictures in the background; the masks are proposals to review.</source>
      <translation>在后台就许多图片的许多短语询问模型；所得掩码是有待检查的建议。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>Assign expression</source>
      <translation>指派表达</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Author</source>
      <translation>作者</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Back</source>
      <translation>上一步</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/settings_dialog.py</extracomment>
      <source>Back to the defaults</source>
      <translation>恢复默认值</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Between two pictures.</source>
      <translation>在两张图片之间。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/blind_check.py</extracomment>
      <source>Blind check</source>
      <translation>盲检</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Blind check: draw what this names with any tool, then press Enter.</source>
      <translation>盲检：用任意工具画出它所指的内容，然后按 Enter。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Both say that it is not here.</source>
      <translation>双方都认为它不在这里。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Brush</source>
      <translation>画笔</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>By</source>
      <translation>幅度</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>CPU, NOT GPU  ·  {join}</source>
      <translation>正在使用 CPU，而非 GPU  ·  {join}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 1</source>
      <translation>候选或对象 1</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 2</source>
      <translation>候选或对象 2</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 3</source>
      <translation>候选或对象 3</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 4</source>
      <translation>候选或对象 4</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 5</source>
      <translation>候选或对象 5</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 6</source>
      <translation>候选或对象 6</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 7</source>
      <translation>候选或对象 7</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 8</source>
      <translation>候选或对象 8</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 9</source>
      <translation>候选或对象 9</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Card of the model</source>
      <translation>模型卡</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Carries masks forward and stops before the next settled frame.</source>
      <translation>向前传播掩码，在下一个已确认的帧之前停止。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Carries the selected referent's mask anew to the propagated frames up to the keyframes around this one.</source>
      <translation>将所选对象的掩码重新传播到当前帧前后关键帧之间的已传播帧。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Carries the selected referent's mask, or else all masks of this frame, to the clip's beginning.</source>
      <translation>将所选对象的掩码（未选则为本帧全部掩码）传播到片段开头。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Carries the selected referent's mask, or else all masks of this frame, to the end; settled frames stay.</source>
      <translation>将所选对象的掩码（未选则为本帧全部掩码）传播到结尾；已确认的帧保持不变。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Category</source>
      <translation>类别</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Change shortcuts</source>
      <translation>更改快捷键</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Change shortcuts...</source>
      <translation>更改快捷键...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/live_checker.py</extracomment>
      <source>Check phrases</source>
      <translation>检查短语</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Checks</source>
      <translation>检查次数</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Choose a table of phrases</source>
      <translation>选择短语表</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Choose an action, then press its new key in the field.</source>
      <translation>选择一个操作，然后在框中按下新的按键。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Choose automatically</source>
      <translation>自动选择</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Choose...</source>
      <translation>选择...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Chooses frames, direction and referents.</source>
      <translation>选择帧、方向和对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Chosen automatically: {name} reads phrases on photos and on frames of clips.</source>
      <translation>自动选择：照片和片段帧上的短语都由 {name} 读取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Chosen automatically: {photos} reads phrases on photos, {clips} on frames of clips, which it reads better.</source>
      <translation>自动选择：照片上的短语由 {photos} 读取，片段帧上的短语由 {clips} 读取，它在片段上效果更好。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click a hole of the mask to fill it; Ctrl empties the part under the pointer.</source>
      <translation>点击掩码的孔洞将其填充；按住 Ctrl 清除指针下的部分。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click a mask to select its referent.</source>
      <translation>点击掩码以选择其对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click a part of the mask to empty it; Ctrl fills the hole under the pointer.</source>
      <translation>点击掩码的一部分将其清除；按住 Ctrl 填充指针下的孔洞。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click corners, Enter closes, Backspace takes one back; Ctrl takes away.</source>
      <translation>点击各个角点，Enter 闭合，Backspace 撤回一点；按住 Ctrl 减去。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click or drag over pieces to take them away; Ctrl adds them.</source>
      <translation>点击或拖过各块以将其减去；按住 Ctrl 则添加。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click or drag over pieces to take them; Ctrl takes them away.</source>
      <translation>点击或拖过各块以选取；按住 Ctrl 减去。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click the corners of what goes, Enter closes, Backspace takes one back; Ctrl adds.</source>
      <translation>点击要去除部分的各个角点，Enter 闭合，Backspace 撤回一点；按住 Ctrl 则添加。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click the corners of what stays, Enter closes, Backspace takes one back; Ctrl takes away.</source>
      <translation>点击要保留部分的各个角点，Enter 闭合，Backspace 撤回一点；按住 Ctrl 减去。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>Click the referent to merge into the selected one, or press Esc.</source>
      <translation>点击要并入所选对象的对象，或按 Esc。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Click the referent to merge into the selected one; its expressions follow.</source>
      <translation>点击要并入所选对象的对象；其指代表达随之转移。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_points.py</extracomment>
      <source>Click what belongs to it first; then what does not, with the right button.</source>
      <translation>先点击属于它的部分，再用右键点击不属于它的部分。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click what belongs, right-click what does not, or drag a box around it; Enter keeps, Backspace takes back.</source>
      <translation>左键点击属于的部分，右键点击不属于的部分，或拖出方框；Enter 保留，Backspace 撤回。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Clicks</source>
      <translation>点击数</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Close project</source>
      <translation>关闭项目</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/messages.py</extracomment>
      <source>Close the message</source>
      <translation>关闭消息</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Compare</source>
      <translation>比较</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Compare what you drew with the project's mask (Enter)</source>
      <translation>将您所画的与项目掩码比较 (Enter)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/fingerprints.py</extracomment>
      <source>Comparing pictures</source>
      <translation>正在比较图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Connected</source>
      <translation>连通</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>Copy mask to next frame</source>
      <translation>将掩码复制到下一帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Copy mask to the next frame</source>
      <translation>将掩码复制到下一帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Correct it</source>
      <translation>修正它</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Count</source>
      <translation>统计</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Count again</source>
      <translation>重新统计</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Counting...</source>
      <translation>正在统计...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_pieces_cache.py</extracomment>
      <source>Cut into superpixels</source>
      <translation>切分为超像素</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Dark or light</source>
      <translation>深色或浅色</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/splits.py</extracomment>
      <source>Dealing out</source>
      <translation>正在分配</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Deals media out to train, val and test, look-alikes together.</source>
      <translation>将媒体划分到 train、val 和 test，相似的放在一起。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Decline</source>
      <translation>拒绝</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Delete mask</source>
      <translation>删除掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Delete referent</source>
      <translation>删除对象</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Delete selected</source>
      <translation>删除所选</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/window_verbs.py</extracomment>
      <source>Deleted the expression.</source>
      <translation>已删除该指代表达。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/window_verbs.py</extracomment>
      <source>Deleted “{title}” with its masks.</source>
      <translation>已删除“{title}”及其掩码。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Deletes the selected expression, or else the selected referent with its masks.</source>
      <translation>删除所选的指代表达；若无，则删除所选对象及其掩码。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Deletes the selected referent's mask; referent and expressions stay.</source>
      <translation>删除所选对象的掩码；对象和指代表达保留。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Device of the model</source>
      <translation>模型运行设备</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Diameter in image pixels; [ and ] or Alt+wheel change it.</source>
      <translation>直径，以图像像素计；按 [ 和 ] 或 Alt+滚轮更改。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_strip.py</extracomment>
      <source>Diameter of the brush in image pixels; [ and ] or Alt+wheel change it.</source>
      <translation>画笔直径，以图像像素计；按 [ 和 ] 或 Alt+滚轮更改。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Direction</source>
      <translation>方向</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Discard</source>
      <translation>放弃</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>Discard propagated masks</source>
      <translation>丢弃传播的掩码</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Discard propagated masks of the referent</source>
      <translation>丢弃该对象的传播掩码</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Discard propagated masks of this frame</source>
      <translation>丢弃本帧的传播掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Discard the edits</source>
      <translation>放弃编辑</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/offer_verbs.py</extracomment>
      <source>Discarded {count:,} mask.</source>
      <translation>已丢弃 {count:,} 个掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/offer_verbs.py</extracomment>
      <source>Discarded {count:,} masks.</source>
      <translation>已丢弃 {count:,} 个掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Discarded {words}.</source>
      <translation>已丢弃 {words}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Does</source>
      <translation>功能</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Done</source>
      <translation>完成</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_desk.py</extracomment>
      <source>Doubtful</source>
      <translation>可疑</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>Doubtful  {len:,}</source>
      <translation>可疑  {len:,}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>Doubtful frames</source>
      <translation>可疑帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_guidance.py</extracomment>
      <source>Doubtful: press {brush} to correct it, {fine_so} if it is fine so, {absent} if it is not there.</source>
      <translation>可疑：按 {brush} 修正；若无误按 {fine_so}；若不存在按 {absent}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Drag a rectangle around what stays of the mask; Ctrl takes it away.</source>
      <translation>拖出矩形框住掩码中要保留的部分；按住 Ctrl 减去。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Drag a rectangle to add it to the mask; Ctrl takes it away.</source>
      <translation>拖出矩形将其加入掩码；按住 Ctrl 减去。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Drag a rectangle to take it away from the mask; Ctrl adds it.</source>
      <translation>拖出矩形将其从掩码中减去；按住 Ctrl 则添加。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Drag over the pieces that stay of the mask; Ctrl takes them away.</source>
      <translation>拖过掩码中要保留的各块；按住 Ctrl 减去。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Draw around what belongs to the mask; Ctrl takes it away.</source>
      <translation>圈出属于掩码的部分；按住 Ctrl 减去。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Draw around what goes from the mask; Ctrl adds it.</source>
      <translation>圈出要从掩码中去除的部分；按住 Ctrl 则添加。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Draw around what stays of the mask; Ctrl takes it away.</source>
      <translation>圈出掩码中要保留的部分；按住 Ctrl 减去。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Draw edges along the photo's</source>
      <translation>沿照片边缘绘制轮廓</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_desk.py</extracomment>
      <source>Draw what the phrase names first, or press G for: not here.</source>
      <translation>请先画出短语所指的内容，或按 G 表示不在这里。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Drop files or a folder, or press {open_pictures}. Every edit is saved as you make it.</source>
      <translation>将文件或文件夹拖到此处，或按 {open_pictures}。每次编辑都会立即保存。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Drop images or clips here, or press {open_pictures}.</source>
      <translation>将图片或视频片段拖到此处，或按 {open_pictures}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/empty_state.py</extracomment>
      <source>Drop images, clips or a folder here, or press Ctrl+O.</source>
      <translation>将图片、视频片段或文件夹拖到此处，或按 Ctrl+O。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>Drop specks</source>
      <translation>去除斑点</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Drop specks...</source>
      <translation>去除斑点...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Drops the masks on offer of the selected referent, on all frames; the rest waits.</source>
      <translation>丢弃所选对象在所有帧上待接受的掩码；其余仍待处理。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Drops the propagated masks that are on offer; the project is as it was.</source>
      <translation>丢弃待接受的传播掩码；项目保持原样。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Drops the selected referent's mask on offer, or else all of this frame; the rest waits.</source>
      <translation>丢弃所选对象待接受的掩码（未选则为本帧全部）；其余仍待处理。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Each phrase is read by the model that reads such a medium best.</source>
      <translation>每个短语由最适合该类媒体的模型读取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Edit expression</source>
      <translation>编辑表达</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Edits are not saved</source>
      <translation>编辑尚未保存</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Effort</source>
      <translation>工作量</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_bucket.py</extracomment>
      <source>Empty part</source>
      <translation>清除部分</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>End the check (Esc)</source>
      <translation>结束检查 (Esc)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Enter accepts as the new mask of the selected referent, Esc rejects.</source>
      <translation>按 Enter 接受为所选对象的新掩码，按 Esc 拒绝。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/empty_state.py</extracomment>
      <source>Enter accepts the mask. B corrects it, Ctrl+Shift+E exports.</source>
      <translation>按 Enter 接受掩码，按 B 修正，按 Ctrl+Shift+E 导出。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Enter accepts, Esc rejects.</source>
      <translation>按 Enter 接受，按 Esc 拒绝。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Enter runs the whole sentence.</source>
      <translation>按 Enter 运行整句话。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Enter runs the whole sentence. Shift+Enter adds it to the selected referent.</source>
      <translation>按 Enter 运行整句话，按 Shift+Enter 将其添加到所选对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Erase while painting, paint while erasing</source>
      <translation>绘制时擦除，擦除时绘制</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Erase; Ctrl paints, [ and ] or Alt+wheel change the size.</source>
      <translation>擦除；按住 Ctrl 绘制，[ 和 ] 或 Alt+滚轮更改大小。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Eraser</source>
      <translation>橡皮擦</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Esc</source>
      <translation>Esc</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Every edit is saved as it is made; this waits for the disk.</source>
      <translation>每次编辑都会立即保存；此操作等待写入磁盘完成。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Every object, every phrase</source>
      <translation>每个对象，每条短语</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>Every phrase was answered before.</source>
      <translation>所有短语此前均已回答。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Export</source>
      <translation>导出</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Export data set</source>
      <translation>导出数据集</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Export data set...</source>
      <translation>导出数据集...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Export shortcuts</source>
      <translation>导出快捷键</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Export {title}</source>
      <translation>导出 {title}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Export...</source>
      <translation>导出...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Exporting</source>
      <translation>正在导出</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_delegate.py</extracomment>
      <source>Expression</source>
      <translation>指代表达</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Expression {1} is no longer in the project; choose another.</source>
      <translation>表达 {1} 已不在项目中；请选择其他表达。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Expression {text}</source>
      <translation>指代表达 {text}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Expressions per referent</source>
      <translation>每个对象的指代表达数</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Faults</source>
      <translation>问题</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>File of the data set</source>
      <translation>数据集文件</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>File or folder</source>
      <translation>文件或文件夹</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>File or folder of the data set</source>
      <translation>数据集的文件或文件夹</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>File...</source>
      <translation>文件...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_bucket.py</extracomment>
      <source>Fill</source>
      <translation>填充</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Fill adds a hole or takes a part away; choose Add or Subtract (M).</source>
      <translation>填充只能补洞或去除部分；请选择添加或减去 (M)。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Fill between keyframes</source>
      <translation>填补关键帧之间</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_bucket.py</extracomment>
      <source>Fill hole</source>
      <translation>填充孔洞</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>Fill holes</source>
      <translation>填充孔洞</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Fill holes...</source>
      <translation>填充孔洞...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Fill of masks</source>
      <translation>掩码填充</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Fill: fills a hole of the mask; Ctrl empties a part.</source>
      <translation>填充：填补掩码的孔洞；按住 Ctrl 清除一部分。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Fills the frames between the keyframes around this one, from both sides.</source>
      <translation>从两侧填补当前帧前后关键帧之间的帧。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>Filter</source>
      <translation>筛选</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Filter media</source>
      <translation>筛选媒体</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>Filter media by name, phrase, score</source>
      <translation>按名称、短语、得分筛选媒体</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>Filter media by state</source>
      <translation>按状态筛选媒体</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/palette.py</extracomment>
      <source>Find an action or a picture</source>
      <translation>查找操作或图片</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Find an action or a picture...</source>
      <translation>查找操作或图片...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Find missing files</source>
      <translation>查找缺失文件</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Find missing files...</source>
      <translation>查找缺失文件...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>Fine so</source>
      <translation>就这样</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>First frame</source>
      <translation>第一帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Fit picture</source>
      <translation>适合窗口</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Folder of the data set</source>
      <translation>数据集文件夹</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Folder of the export</source>
      <translation>导出文件夹</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Folder...</source>
      <translation>文件夹...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Format</source>
      <translation>格式</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Found {found:,} of {count:,} file.</source>
      <translation>已找到 {found:,} 个文件（共 {count:,} 个）。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Found {found:,} of {count:,} files.</source>
      <translation>已找到 {found:,} 个文件（共 {count:,} 个）。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>Frame</source>
      <translation>帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/propagation_sweep.py</extracomment>
      <source>Frame {1} is {2} x {3} pixels where the clip has {4} x {5}; put the clip's own frame in place.</source>
      <translation>第 {1} 帧为 {2} x {3} 像素，而片段为 {4} x {5}；请放回片段自己的帧。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>Frame {1} of {2} is damaged and cannot be decoded; {3}.</source>
      <translation>{2} 的第 {1} 帧已损坏，无法解码；{3}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/frame_loader.py</extracomment>
      <source>Frame {frame:,}</source>
      <translation>第 {frame:,} 帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_strips.py</extracomment>
      <source>Frame {frame:,}, {time_words}</source>
      <translation>第 {frame:,} 帧，{time_words}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Frames</source>
      <translation>帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>From</source>
      <translation>来源</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Full screen</source>
      <translation>全屏</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>G records that nothing here is meant, Enter accepts the mask anyway, Esc rejects.</source>
      <translation>按 G 记录此处无所指，按 Enter 仍接受掩码，按 Esc 拒绝。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>G records that nothing here is meant, Esc rejects.</source>
      <translation>按 G 记录此处无所指，按 Esc 拒绝。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Gesture</source>
      <translation>手势</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Getting to know what is to be followed</source>
      <translation>正在熟悉要跟踪的对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>Go on</source>
      <translation>继续</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Go to the next panel</source>
      <translation>转到下一个面板</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Go to the previous panel</source>
      <translation>转到上一个面板</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Goes to the next frames whose masks may have drifted.</source>
      <translation>转到下一处掩码可能漂移的帧。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Goes to the next thing of the whole project that deserves a second look.</source>
      <translation>转到整个项目中下一处值得复查的内容。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Goes to the settled frame after this one, of the selected referent or else of any.</source>
      <translation>转到之后的已确认帧（所选对象的，否则任意对象的）。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Goes to the settled frame before this one, of the selected referent or else of any.</source>
      <translation>转到之前的已确认帧（所选对象的，否则任意对象的）。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>Grow</source>
      <translation>扩张</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Grow mask...</source>
      <translation>扩张掩码...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/guide_window.py</extracomment>
      <source>Guide</source>
      <translation>指南</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Hand</source>
      <translation>抓手</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Hide</source>
      <translation>隐藏</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Hide masks</source>
      <translation>隐藏掩码</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Hide or show referent</source>
      <translation>隐藏或显示对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Holes of more pixels stay; at 0 all are filled.</source>
      <translation>更大的孔洞保留；为 0 时全部填充。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>How everything is done, page by page.</source>
      <translation>逐页说明各项操作。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>How far a colour may be from the clicked one: 2 is barely to be seen.</source>
      <translation>颜色与所点颜色的允许差异：2 几乎看不出区别。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>How good the model expects its mask to be, and how sure it is that the phrase names something here:
mask {score:.0%}, presence {presence:.0%}</source>
      <translation>模型对其掩码质量的预期，以及对短语在此有所指的把握：
掩码 {score:.0%}，存在 {presence:.0%}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Import</source>
      <translation>导入</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Import data set</source>
      <translation>导入数据集</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Import data set...</source>
      <translation>导入数据集...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Import shortcuts</source>
      <translation>导入快捷键</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Import...</source>
      <translation>导入...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Importing</source>
      <translation>正在导入</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/bridge.py</extracomment>
      <source>In a blind check the phrase is given; draw what it names, or press G for: not here.</source>
      <translation>盲检中短语已给定；请画出它所指的内容，或按 G 表示不在这里。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>In one place it is doubtful, press Q to look at it.</source>
      <translation>有一处可疑，按 Q 查看。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>In {count:,} places it is doubtful, press Q to look at them.</source>
      <translation>有 {count:,} 处可疑，按 Q 查看。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Install {name}</source>
      <translation>安装 {name}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Intersect</source>
      <translation>相交</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Into the folder</source>
      <translation>导出到文件夹</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_desk.py</extracomment>
      <source>Invert mask</source>
      <translation>反转掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>IoU with the model's proposal</source>
      <translation>与模型建议的 IoU</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>It cannot hold: {join}.</source>
      <translation>它无法保存：{join}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>It has no mask to start from.</source>
      <translation>它没有可作为起点的掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>It holds everything.</source>
      <translation>它能保存全部内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>It is locked.</source>
      <translation>它已锁定。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>It makes a new referent.</source>
      <translation>将新建一个对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>It reads every phrase from now on, on photos and on clips.</source>
      <translation>从现在起，照片和片段上的所有短语都由它读取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>It was doubtful when it was accepted.</source>
      <translation>接受时就是可疑的。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>It went wrong.</source>
      <translation>出错了。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>JSON lines (vision-language training)</source>
      <translation>JSON 行（视觉语言训练）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>Keep as it is</source>
      <translation>保持原样</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Keep it (Enter)</source>
      <translation>保留 (Enter)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Keep pictures that look alike together (looks at every file)</source>
      <translation>将相似图片放在一起（需查看每个文件）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Keep the window open</source>
      <translation>保持窗口打开</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Keeps what lies in both; Ctrl takes away.</source>
      <translation>仅保留两者共有的部分；按住 Ctrl 减去。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Keyboard shortcuts</source>
      <translation>键盘快捷键</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Keys</source>
      <translation>按键</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Keys as in</source>
      <translation>按键方案</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Kind</source>
      <translation>类型</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Kinds of expressions</source>
      <translation>指代表达的类型</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Larger brush</source>
      <translation>增大画笔</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Lasso</source>
      <translation>套索</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Last frame</source>
      <translation>最后一帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Leave</source>
      <translation>退出</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Leave the mask as it was (Esc)</source>
      <translation>掩码保持原样 (Esc)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Less motion</source>
      <translation>减少动画</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Licence</source>
      <translation>许可证</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Licence of {name}</source>
      <translation>{name} 的许可证</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Licence, size and scores; adds others.</source>
      <translation>许可证、大小和评分；可添加其他模型。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>Line {1} of {2} has a {3} in its phrase, which would cut it; put the phrase in quotes: "{4}".</source>
      <translation>{2} 的第 {1} 行的短语中有分隔符（{3}），短语会被截断；请给短语加上引号："{4}"。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>Line {1} of {2} has no phrase; write it, or remove the line.</source>
      <translation>{2} 的第 {1} 行没有短语；请补上，或删除该行。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>Line {1} of {2} has the frame {3}; write a number from 0.</source>
      <translation>{2} 的第 {1} 行的帧为 {3}；请写从 0 开始的数字。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>Line {1} of {2} holds no phrase: {3}</source>
      <translation>{2} 的第 {1} 行不含短语：{3}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>Line {1} of {2} is no row that can be read ({3}); close its quotes in the line itself, and write a quote within them twice.</source>
      <translation>{2} 的第 {1} 行无法读取（{3}）；请在同一行内闭合引号，引号内的引号请写两次。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>Line {1} of {2} names no file, as others do; write it before the phrase, or a header above all.</source>
      <translation>{2} 的第 {1} 行没有像其他行那样写出文件名；请写在短语前，或在最上方加表头。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Lines, dots and checks, so that colours need not be told apart.</source>
      <translation>使用线条、圆点和方格，无需分辨颜色。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>List one reason alone</source>
      <translation>只列出一种原因</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Loading the model</source>
      <translation>正在加载模型</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Loading the model {name}</source>
      <translation>正在加载模型 {name}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Loading what carries masks through clips</source>
      <translation>正在加载用于片段传播的部分</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Lock</source>
      <translation>锁定</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Lock or unlock referent</source>
      <translation>锁定或解锁对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_queue.py</extracomment>
      <source>Look at what changed</source>
      <translation>查看变动</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/folder_desk.py</extracomment>
      <source>Look for frames</source>
      <translation>查找帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Look for look-alikes</source>
      <translation>查找相似图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Look for missing files</source>
      <translation>查找缺失文件</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Look for models</source>
      <translation>查找模型</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Look for pictures</source>
      <translation>查找图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Look for unnamed projects</source>
      <translation>查找未命名的项目</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_queue.py</extracomment>
      <source>Look for what is doubtful</source>
      <translation>查找可疑内容</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_guidance.py</extracomment>
      <source>Look on while masks arrive; {reject} stops, and what arrived stays on offer.</source>
      <translation>掩码正在陆续到达；按 {reject} 停止，已到达的仍可接受。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>Look through the whole project again</source>
      <translation>重新检查整个项目</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Look-alikes were not looked for; they may stand on both sides.</source>
      <translation>未查找相似图片；它们可能分到不同部分。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Looking at the picture</source>
      <translation>正在查看图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/fingerprints.py</extracomment>
      <source>Looking at {1}</source>
      <translation>正在查看 {1}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Looking for pictures that look alike...</source>
      <translation>正在查找相似图片...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>Looking through the project...</source>
      <translation>正在检查项目...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Looks for files that were moved, by name and size.</source>
      <translation>按名称和大小查找被移动的文件。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Loupe</source>
      <translation>放大镜</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>M&amp;ask</source>
      <translation>掩码(&amp;A)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_wand.py</extracomment>
      <source>Magic wand</source>
      <translation>魔棒</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Magic wand: takes what has the clicked colour.</source>
      <translation>魔棒：选取与所点颜色相同的部分。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Make one clip of it</source>
      <translation>将其作为一个片段</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Makes each separate part a referent; what meant the one then means all of them.</source>
      <translation>将每个独立部分变为一个对象；原来所指的短语随后指代全部。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Makes the brush larger, or the number of another tool.</source>
      <translation>增大画笔，或其他工具的数值。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Makes the brush smaller, or the number of another tool.</source>
      <translation>减小画笔，或其他工具的数值。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Makes the mask what it is not.</source>
      <translation>使掩码变为其补集。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Mark absent</source>
      <translation>标记为不存在</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Mark absent here</source>
      <translation>在此标记为不存在</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>Mark as not in this image</source>
      <translation>标为不在此图片中</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>Mark as reviewed</source>
      <translation>标记为已检查</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Mark picture as reviewed</source>
      <translation>将图片标记为已检查</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/action_set.py</extracomment>
      <source>Mask</source>
      <translation>掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Mask sizes, part of the frame</source>
      <translation>掩码大小（占帧的比例）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Masks</source>
      <translation>掩码</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Masks less opaque</source>
      <translation>掩码更透明</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Masks more opaque</source>
      <translation>掩码更不透明</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>Mean all of them</source>
      <translation>指代全部</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Means</source>
      <translation>所指</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/session.py</extracomment>
      <source>Measure</source>
      <translation>测量</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Measuring what was not opened yet</source>
      <translation>正在测量尚未打开的文件</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/main_window.py</extracomment>
      <source>Media</source>
      <translation>媒体</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Media list</source>
      <translation>媒体列表</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Medium {1} is no longer in the project; add its file again.</source>
      <translation>媒体 {1} 已不在项目中；请重新添加其文件。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Memory</source>
      <translation>内存</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Memory for decoded frames</source>
      <translation>解码帧内存</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Memory for undo</source>
      <translation>撤销内存</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>Merge referents</source>
      <translation>合并对象</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Merge with another referent...</source>
      <translation>与另一个对象合并...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting_tools.py</extracomment>
      <source>Merged the two referents.</source>
      <translation>已合并两个对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/messages.py</extracomment>
      <source>Message</source>
      <translation>消息</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>MiB</source>
      <translation>MiB</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Models (*.zip)</source>
      <translation>模型 (*.zip)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Models...</source>
      <translation>模型...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>NOT SAVED</source>
      <translation>未保存</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Name a folder for the export first.</source>
      <translation>请先指定导出文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_delegate.py</extracomment>
      <source>Name of the referent</source>
      <translation>对象名称</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Name the data set's file or folder first.</source>
      <translation>请先指定数据集的文件或文件夹。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>New expression</source>
      <translation>新建指代表达</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>New key</source>
      <translation>新按键</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>New project</source>
      <translation>新建项目</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>New referent</source>
      <translation>新建对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Next</source>
      <translation>下一步</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Next check</source>
      <translation>下一项检查</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next doubtful frames</source>
      <translation>下一处可疑帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next doubtful item</source>
      <translation>下一个可疑项</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next frame</source>
      <translation>下一帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next keyframe</source>
      <translation>下一关键帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next of the three</source>
      <translation>三种模式中的下一种</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next picture</source>
      <translation>下一张图片</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next referent</source>
      <translation>下一个对象</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next unreviewed picture</source>
      <translation>下一张未检查的图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/torch_predictor.py</extracomment>
      <source>No CUDA device is usable here; choose the device 'cpu', or install the graphics driver.</source>
      <translation>此处没有可用的 CUDA 设备；请选择设备 'cpu' 或安装显卡驱动。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>No frame after this one is doubtful.</source>
      <translation>此帧之后没有可疑帧。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>No frame before this one is doubtful.</source>
      <translation>此帧之前没有可疑帧。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>No frame of this clip is doubtful.</source>
      <translation>此片段没有可疑帧。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>No key</source>
      <translation>无按键</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>No media yet</source>
      <translation>尚无媒体</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_shelf.py</extracomment>
      <source>No model here follows clips, so that {1} reads phrases on clips as well as on photos; add one under Models.</source>
      <translation>这里没有可跟踪片段的模型，因此片段上的短语与照片一样由 {1} 读取；请在“模型”中添加一个。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>No open frame from {1} to {2} can be reached; choose another range or direction.</source>
      <translation>从 {1} 到 {2} 没有可到达的未定帧；请选择其他范围或方向。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/blind_check.py</extracomment>
      <source>Nobody has said yet what this phrase means; there is nothing to check it against.</source>
      <translation>还没有人说明此短语的含义；没有可供核对的内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/relink.py</extracomment>
      <source>None of the missing files was found there; choose another folder.</source>
      <translation>在那里未找到任何缺失的文件；请选择其他文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/main_window.py</extracomment>
      <source>None yet</source>
      <translation>暂无</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Not here</source>
      <translation>不在这里</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/means_menu.py</extracomment>
      <source>Nothing here (checked)</source>
      <translation>此处没有（已检查）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_panel.py</extracomment>
      <source>Nothing here yet.

Press / and type what you mean, then Enter. Accepted masks are listed here with all phrases for them.

Or press B and paint.</source>
      <translation>这里还没有内容。

按 / 输入您所指的内容，再按 Enter。接受的掩码及其所有短语会列在这里。

或者按 B 直接绘制。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/palette.py</extracomment>
      <source>Nothing is called so. Try fewer letters.</source>
      <translation>没有找到。请少输入几个字母试试。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Nothing is doubtful any more.</source>
      <translation>已无可疑内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>Nothing is doubtful for this reason.</source>
      <translation>没有因此原因而可疑的内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_desk.py</extracomment>
      <source>Nothing is doubtful.</source>
      <translation>没有可疑内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/bridge.py</extracomment>
      <source>Nothing is drawn in this check yet; Esc leaves it.</source>
      <translation>此次检查尚未绘制任何内容；按 Esc 退出。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/offer_verbs.py</extracomment>
      <source>Nothing is on offer of the selected referent.</source>
      <translation>所选对象没有待接受的掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>Nothing was propagated from this frame yet; propagate forward or backward first.</source>
      <translation>尚未从此帧传播过；请先向前或向后传播。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>OPTICAL FLOW</source>
      <translation>光流</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Of {name!r} there are several; choose a folder that holds one.</source>
      <translation>{name!r} 有多个；请选择只包含其一的文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/readers.py</extracomment>
      <source>On clips {1} reads phrases for now, because {2} could not be loaded: {3}</source>
      <translation>片段上的短语暂由 {1} 读取，因为无法加载 {2}：{3}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>One phrase a line</source>
      <translation>每行一条短语</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>One phrase a line, for example:
the dog on the left
the person in red</source>
      <translation>每行一条英文短语，例如：
the dog on the left
the person in red</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Only a part</source>
      <translation>仅一部分</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Only what hangs together with the click; otherwise the colour anywhere.</source>
      <translation>仅限与点击处相连的部分；否则包括各处的该颜色。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_strip.py</extracomment>
      <source>Opacity of masks</source>
      <translation>掩码不透明度</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_strip.py</extracomment>
      <source>Opacity of masks: {percent} %</source>
      <translation>掩码不透明度：{percent} %</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/bridge.py</extracomment>
      <source>Open a picture first; drop one here or press Ctrl+O.</source>
      <translation>请先打开图片；将其拖到此处或按 Ctrl+O。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/folder_clips.py</extracomment>
      <source>Open as one clip</source>
      <translation>作为一个片段打开</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Open folder</source>
      <translation>打开文件夹</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/folder_desk.py</extracomment>
      <source>Open folder as one clip</source>
      <translation>将文件夹作为一个片段打开</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Open folder as one clip...</source>
      <translation>将文件夹作为一个片段打开...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Open folder...</source>
      <translation>打开文件夹...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/session.py</extracomment>
      <source>Open masks</source>
      <translation>打开掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Open pictures</source>
      <translation>打开图片</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Open pictures or clips...</source>
      <translation>打开图片或片段...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Open project</source>
      <translation>打开项目</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Open project...</source>
      <translation>打开项目...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/main_window.py</extracomment>
      <source>Open recent</source>
      <translation>最近打开</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Open unnamed project again</source>
      <translation>重新打开未命名的项目</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/frame_loader.py</extracomment>
      <source>Open {name}</source>
      <translation>打开 {name}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/frame_loader.py</extracomment>
      <source>Opening the picture</source>
      <translation>正在打开图片</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Opens a folder of numbered frames, as data sets have them, as a clip.</source>
      <translation>将数据集中常见的编号帧文件夹作为片段打开。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Opens the latest project that was never given a name.</source>
      <translation>打开最近一个从未命名的项目。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Options of the tool</source>
      <translation>工具选项</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Outlines only</source>
      <translation>仅轮廓</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/guide_window.py</extracomment>
      <source>Pages of the guide</source>
      <translation>指南页面</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Paint; Ctrl erases, [ and ] or Alt+wheel change the size.</source>
      <translation>绘制；按住 Ctrl 擦除，[ 和 ] 或 Alt+滚轮更改大小。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Pan</source>
      <translation>平移</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Pan; in a clip a tap plays</source>
      <translation>平移；在片段中轻按则播放</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Part test as RefCOCO does: testA has people, testB the rest</source>
      <translation>按 RefCOCO 方式划分 test：testA 为人物，testB 为其余</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Pascal VOC masks</source>
      <translation>Pascal VOC 掩码</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Patterned fills</source>
      <translation>图案填充</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>Pause between two pictures</source>
      <translation>在两张图片之间暂停</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Pause or go on pre-segmenting</source>
      <translation>暂停或继续预分割</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Peek at the photo</source>
      <translation>查看原图</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Person</source>
      <translation>用户</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/folder_clips.py</extracomment>
      <source>Photos of {1} have masks or phrases already; remove them from the project first, or add the folder as a clip beside them.</source>
      <translation>{1} 的照片已有掩码或短语；请先将其从项目中移除，或将文件夹另外添加为片段。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/main_window.py</extracomment>
      <source>Phrase</source>
      <translation>短语</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Phrases</source>
      <translation>短语</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/canvas.py</extracomment>
      <source>Picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Pictures (*.png)</source>
      <translation>图片 (*.png)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Pictures and clips go here</source>
      <translation>图片和片段放在这里</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Pictures and clips without any annotation are left out.</source>
      <translation>没有任何标注的图片和片段不会写出。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Pictures and clips without any annotation are written too.</source>
      <translation>没有任何标注的图片和片段也会写出。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Pictures that have a split keep it</source>
      <translation>已有划分的图片保持不变</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Piece</source>
      <translation>块</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Pixels added all around.</source>
      <translation>四周增加的像素数。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Pixels taken away all around.</source>
      <translation>四周减去的像素数。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Plan</source>
      <translation>规划</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Play or pause</source>
      <translation>播放或暂停</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Plays from this frame at the clip's own rate; tap Space.</source>
      <translation>从此帧起按片段自身速率播放；轻按空格键。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Point</source>
      <translation>点</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Pointer</source>
      <translation>指针</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Points and box</source>
      <translation>点与框</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Points and box: refines the proposal or the selected mask by clicks.</source>
      <translation>点与框：通过点击细化建议或所选掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Polygon</source>
      <translation>多边形</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Polygons in place of run-length code</source>
      <translation>用多边形代替游程编码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/batch.py</extracomment>
      <source>Pre-segment</source>
      <translation>预分割</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Pre-segment many</source>
      <translation>批量预分割</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Pre-segment many...</source>
      <translation>批量预分割...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>Pre-segmented {count:,} picture</source>
      <translation>已预分割 {count:,} 张图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>Pre-segmented {count:,} pictures</source>
      <translation>已预分割 {count:,} 张图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/assist.py</extracomment>
      <source>Prepare the model</source>
      <translation>准备模型</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/empty_state.py</extracomment>
      <source>Press / and type what you mean: the dog on the left.</source>
      <translation>按 / 用英文输入您所指的内容：the dog on the left。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>Press J to look for masks and phrases that deserve a second look.</source>
      <translation>按 J 查找值得复查的掩码和短语。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Press on a colour to keep its like, drag right for more, left for less; Ctrl takes away.</source>
      <translation>按住一种颜色只保留相近部分，右拖更多，左拖更少；按住 Ctrl 减去。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Press on a colour to take its like away, drag right for more, left for less; Ctrl adds.</source>
      <translation>按住一种颜色减去相近部分，右拖更多，左拖更少；按住 Ctrl 则添加。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Press on a colour to take its like, drag right for more, left for less; Ctrl takes away.</source>
      <translation>按住一种颜色选取相近部分，右拖更多，左拖更少；按住 Ctrl 减去。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Press the new key of “{action}” in the field.</source>
      <translation>请在框中按下“{action}”的新按键。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {accept} to accept the mask, {reject} to reject it.</source>
      <translation>按 {accept} 接受掩码，按 {reject} 拒绝。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_guidance.py</extracomment>
      <source>Press {accept} to accept the propagated masks; {next_doubtful} first goes through doubtful ones, if any.</source>
      <translation>按 {accept} 接受传播的掩码；如有可疑的，可先按 {next_doubtful} 逐一查看。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {brush} and paint the mask of the selected referent, or run one of its phrases with {segment_again}.</source>
      <translation>按 {brush} 绘制所选对象的掩码，或按 {segment_again} 运行它的一条短语。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {brush} to correct the mask, {new_expression} to add a phrase, or {focus_phrase} for the next one.</source>
      <translation>按 {brush} 修正掩码，按 {new_expression} 添加短语，按 {focus_phrase} 输入下一条。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {focus_phrase} and type what you mean, then Enter.</source>
      <translation>按 {focus_phrase} 输入您所指的内容，然后按 Enter。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {focus_phrase} for the next phrase, or {accept_and_next} when this picture is done.</source>
      <translation>按 {focus_phrase} 输入下一条短语；此图完成后按 {accept_and_next}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {focus_phrase} to change the phrase, then Enter to try again.</source>
      <translation>按 {focus_phrase} 修改短语，再按 Enter 重试。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Press {focus_phrase}, type a whole sentence, then Enter. The model draws a proposal; {accept} takes it, {reject} leaves it.</source>
      <translation>按 {focus_phrase}，输入一整句话，再按 Enter。模型会画出建议；{accept} 接受，{reject} 拒绝。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {no_target} to record that nothing here is meant, or {reject} and paint it with {brush}.</source>
      <translation>按 {no_target} 记录此处无所指，或按 {reject} 后用 {brush} 绘制。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {no_target} to record that nothing here is meant, {accept} to accept the mask anyway, {reject} to reject.</source>
      <translation>按 {no_target} 记录此处无所指，按 {accept} 仍接受掩码，按 {reject} 拒绝。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_guidance.py</extracomment>
      <source>Press {propagate_forward} to carry the mask on through the clip.</source>
      <translation>按 {propagate_forward} 将掩码沿片段向前传播。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Previous doubtful frames</source>
      <translation>上一处可疑帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Previous doubtful item</source>
      <translation>上一个可疑项</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Previous frame</source>
      <translation>上一帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Previous keyframe</source>
      <translation>上一关键帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Previous picture</source>
      <translation>上一张图片</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Previous referent</source>
      <translation>上一个对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Propagate</source>
      <translation>传播</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Propagate a range</source>
      <translation>传播一段</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Propagate a range...</source>
      <translation>传播一段...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Propagate backward</source>
      <translation>向后传播</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Propagate forward</source>
      <translation>向前传播</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Propagate to the next keyframe</source>
      <translation>传播到下一关键帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Propagating</source>
      <translation>正在传播</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Propagating, {note}</source>
      <translation>正在传播，{note}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Properties</source>
      <translation>属性</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Puts the selected referent's mask on the next frame, settled, and goes there.</source>
      <translation>将所选对象的掩码以已确认状态放到下一帧，并转到该帧。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>R-RIS (robust referring segmentation)</source>
      <translation>R-RIS（鲁棒指代分割）</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>REFER, a pair of JSON files a split</source>
      <translation>REFER，每个划分一对 JSON 文件</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Radius of the brush</source>
      <translation>画笔半径</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Random walker</source>
      <translation>随机游走</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Re-run what the correction touched</source>
      <translation>重新传播修正所涉及的部分</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Read data set</source>
      <translation>读取数据集</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/importing.py</extracomment>
      <source>Reading</source>
      <translation>读取</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Reading the data set</source>
      <translation>正在读取数据集</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/dataset_source.py</extracomment>
      <source>Reading the names of the media</source>
      <translation>正在读取媒体名称</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Reading the phrase</source>
      <translation>正在理解短语</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Reading {value}</source>
      <translation>解读 {value}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Reading {value}, {score:.0%} (press {value})</source>
      <translation>解读 {value}，{score:.0%}（按 {value}）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Reads</source>
      <translation>读取</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Record as: nothing here</source>
      <translation>记录：此处没有</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_verbs.py</extracomment>
      <source>Recorded: nothing here is “{strip}”.</source>
      <translation>已记录：此处没有“{strip}”。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Records that the phrase names nothing in this picture.</source>
      <translation>记录该短语在此图片中无所指。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Records the phrase for the selected referent without running it.</source>
      <translation>为所选对象记录该短语，而不运行它。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Rectangle</source>
      <translation>矩形</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Redo</source>
      <translation>重做</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>RefCOCO with sentences that fit nothing, marked exist: false</source>
      <translation>RefCOCO，其中不对应任何对象的句子标为 exist: false</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/main_window.py</extracomment>
      <source>RefSeg Annotator {version}, Apache-2.0. Type a phrase, get the mask, correct it, export.</source>
      <translation>RefSeg Annotator {version}，Apache-2.0。输入短语，得到掩码，修正，导出。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>RefSeg projects (*.refseg)</source>
      <translation>RefSeg 项目 (*.refseg)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Refer-YouTube-VOS submission</source>
      <translation>Refer-YouTube-VOS 提交</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>ReferIt (as CMSA used it)</source>
      <translation>ReferIt（CMSA 所用版本）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/video_predictor.py</extracomment>
      <source>Referent {1} has no settled mask to follow; settle one on any frame first.</source>
      <translation>对象 {1} 没有可供跟随的已确认掩码；请先在任意一帧上确认一个。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Referent {1} is no longer in the project; choose another.</source>
      <translation>对象 {1} 已不在项目中；请选择其他对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Referent {value}</source>
      <translation>对象 {value}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Referent {value}, {title}</source>
      <translation>对象 {value}，{title}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Referents</source>
      <translation>对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_panel.py</extracomment>
      <source>Referents  {count}</source>
      <translation>对象  {count}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_panel.py</extracomment>
      <source>Referents and their expressions</source>
      <translation>对象及其指代表达</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>Referents of two pictures cannot be merged; click one of the same picture.</source>
      <translation>两张图片的对象不能合并；请单击同一图片的对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_points.py</extracomment>
      <source>Refine the mask</source>
      <translation>细化掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_points.py</extracomment>
      <source>Refine with points</source>
      <translation>用点细化</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Reject</source>
      <translation>拒绝</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Reject proposal</source>
      <translation>拒绝建议</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Remove expression</source>
      <translation>删除指代表达</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>Remove mask</source>
      <translation>删除掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>Remove media</source>
      <translation>移除媒体</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/edits.py</extracomment>
      <source>Remove medium</source>
      <translation>移除媒体</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Remove picture from the project</source>
      <translation>从项目中移除图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/edits.py</extracomment>
      <source>Remove referent</source>
      <translation>删除对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Remove {name}</source>
      <translation>移除 {name}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/window_verbs.py</extracomment>
      <source>Removed {name} from the project; the file stays where it is.</source>
      <translation>已从项目中移除 {name}；文件保留原处。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Rename referent</source>
      <translation>重命名对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Replace an earlier export there</source>
      <translation>替换该处先前的导出</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_form.py</extracomment>
      <source>Report</source>
      <translation>报告</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Reviewed. Press {next_unreviewed} for the next unreviewed picture.</source>
      <translation>已检查。按 {next_unreviewed} 转到下一张未检查的图片。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>Reword the phrase (F2), or mark the picture as reviewed (Ctrl+M).</source>
      <translation>请改写短语（F2），或将图片标为已检查（Ctrl+M）。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Run the whole sentence</source>
      <translation>运行整句话</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Runs the expression; accepting replaces this referent's mask and no other.</source>
      <translation>运行该指代表达；接受后只替换此对象的掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>SHA-256: {digest}</source>
      <translation>SHA-256：{digest}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Save a report...</source>
      <translation>保存报告...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Save as {name}</source>
      <translation>另存为 {name}</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Save now</source>
      <translation>立即保存</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Save picture</source>
      <translation>保存图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Save picture (PNG)...</source>
      <translation>保存图片 (PNG)...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Save project as</source>
      <translation>项目另存为</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Save project as...</source>
      <translation>项目另存为...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/help_desk.py</extracomment>
      <source>Save report</source>
      <translation>保存报告</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Save table</source>
      <translation>保存表格</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Save table (CSV)...</source>
      <translation>保存表格 (CSV)...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Saved as {name}.</source>
      <translation>已保存为 {name}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Saved as {name}; every further edit is saved there at once.</source>
      <translation>已另存为 {name}；之后的每次编辑都会立即保存到那里。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Say what you mean</source>
      <translation>说出您所指的</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Say what you mean in this picture; Enter runs the whole sentence.</source>
      <translation>说出您在此图片中所指的内容；Enter 运行整句话。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/empty_state.py</extracomment>
      <source>Say what you mean. Get the mask.</source>
      <translation>说出所指，得到掩码。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Says that the doubtful item is right as it is, and goes to the next.</source>
      <translation>确认该可疑项无误，并转到下一项。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Search actions and keys</source>
      <translation>搜索操作和按键</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/guide_window.py</extracomment>
      <source>Search the guide</source>
      <translation>搜索指南</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Seconds</source>
      <translation>秒</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Seed</source>
      <translation>随机种子</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Segment selected expression again</source>
      <translation>重新分割所选的指代表达</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Select</source>
      <translation>选择</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Select a referent to see what it is and where its mask came from.</source>
      <translation>选择一个对象，查看它是什么以及掩码的来源。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Select the mask below the selected one</source>
      <translation>选择所选掩码下面的掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_verbs.py</extracomment>
      <source>Select the referent that the phrase means first.</source>
      <translation>请先选择短语所指的对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting.py</extracomment>
      <source>Select the referent to erase from first.</source>
      <translation>请先选择要擦除的对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Select the referent to mark as absent first.</source>
      <translation>请先选择要标为不存在的对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Select the referent to propagate again first.</source>
      <translation>请先选择要重新传播的对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Select the referent to settle first.</source>
      <translation>请先选择要确认其掩码的对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Select the referent whose mask is to change first.</source>
      <translation>请先选择要更改其掩码的对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Separate parts of fewer pixels go.</source>
      <translation>像素数更少的独立部分将被去除。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>Set author</source>
      <translation>设置作者</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Set category</source>
      <translation>设置类别</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Set colour</source>
      <translation>设置颜色</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>Set mask</source>
      <translation>设置掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Set split</source>
      <translation>设置划分</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/settings_dialog.py</extracomment>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Settings...</source>
      <translation>设置...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_sheet.py</extracomment>
      <source>Settle a mask on any frame (a phrase, or B and paint), then press F to carry it on.</source>
      <translation>在任意一帧确认一个掩码（用短语，或按 B 绘制），再按 F 传播下去。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>Settle keyframes</source>
      <translation>确认关键帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Settle or unsettle keyframe</source>
      <translation>确认或取消关键帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Settled frames are never changed. The masks are on offer first: nothing is kept before Accept.</source>
      <translation>已确认的帧绝不会更改。掩码先作为建议：接受之前不会保留任何内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Settled {count:,} frame. {told}</source>
      <translation>已确认 {count:,} 帧。{told}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Settled {count:,} frames. {told}</source>
      <translation>已确认 {count:,} 帧。{told}</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Settles that the selected referent is not to be seen on this frame.</source>
      <translation>确认所选对象在此帧中不可见。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Settles the doubtful masks around this frame as they are.</source>
      <translation>将此帧前后的可疑掩码按现状确认。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Several phrases may name one object, and one phrase several. {new_expression} adds a phrase to the selected one.</source>
      <translation>多条短语可指同一对象，一条短语也可指多个对象。{new_expression} 为所选对象添加短语。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Shapes add</source>
      <translation>形状：添加</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Shapes intersect</source>
      <translation>形状：相交</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Shapes take away</source>
      <translation>形状：减去</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Share of {split}</source>
      <translation>{split} 的比例</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Shares</source>
      <translation>比例</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Shift+click</source>
      <translation>Shift+单击</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>Show the whole clip</source>
      <translation>显示整个片段</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Shows a phrase without its mask; you segment it, and the agreement is recorded.</source>
      <translation>只显示短语而不显示掩码；由您分割，并记录一致度。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>Shrink</source>
      <translation>收缩</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Shrink mask...</source>
      <translation>收缩掩码...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Size of the brush</source>
      <translation>画笔大小</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Skip</source>
      <translation>跳过</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Smaller brush</source>
      <translation>减小画笔</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>Smooth</source>
      <translation>平滑</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Smooth outline...</source>
      <translation>平滑轮廓...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Source</source>
      <translation>来源</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Speed</source>
      <translation>速度</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>Split into parts</source>
      <translation>拆分为各部分</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Split media</source>
      <translation>划分媒体</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Split media...</source>
      <translation>划分媒体...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Split parts into referents</source>
      <translation>将各部分拆分为对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_desk.py</extracomment>
      <source>Split the mask into {value} referents.</source>
      <translation>已将掩码拆分为 {value} 个对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Split {count:,} picture.</source>
      <translation>已划分 {count:,} 张图片。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Split {count:,} pictures.</source>
      <translation>已划分 {count:,} 张图片。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Splits</source>
      <translation>数据划分</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Stage</source>
      <translation>画布</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Start</source>
      <translation>开始</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>States of media</source>
      <translation>媒体状态</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Statistics</source>
      <translation>统计</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Statistics of the project</source>
      <translation>项目统计</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Statistics...</source>
      <translation>统计...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Stop propagating</source>
      <translation>停止传播</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>Stop this work</source>
      <translation>停止此任务</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Stopped before any mask had been carried; nothing has changed.</source>
      <translation>在传播任何掩码之前已停止；没有任何更改。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>Stopped.</source>
      <translation>已停止。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_form.py</extracomment>
      <source>Stopped; nothing was left behind.</source>
      <translation>已停止；未留下任何内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Strokes</source>
      <translation>笔画</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Study an object before following it</source>
      <translation>跟踪前先学习对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Subtract</source>
      <translation>减去</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_pieces.py</extracomment>
      <source>Superpixels</source>
      <translation>超像素</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Superpixels: takes pieces of one colour.</source>
      <translation>超像素：选取同色的块。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Table of phrases</source>
      <translation>短语表</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Tables (*.csv *.tsv *.txt)</source>
      <translation>表格 (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Tables (*.csv)</source>
      <translation>表格 (*.csv)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/importing.py</extracomment>
      <source>Take back the import</source>
      <translation>撤销导入</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Take back the last corner or point</source>
      <translation>撤回上一个角点或点</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Takes away from the mask; Ctrl adds.</source>
      <translation>从掩码中减去；按住 Ctrl 则添加。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/settings_dialog.py</extracomment>
      <source>Takes effect after a restart.</source>
      <translation>重新启动后生效。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Takes the masks on offer of the selected referent, on all frames, into the project; the rest waits.</source>
      <translation>将所选对象在所有帧上待接受的掩码纳入项目；其余仍待处理。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Takes the photos of the folder opened last as the frames of one clip.</source>
      <translation>将最近打开的文件夹中的照片作为一个片段的帧。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Takes the selected referent's mask on offer, or else all of this frame, into the project; the rest waits.</source>
      <translation>将所选对象待接受的掩码（未选则为本帧全部）纳入项目；其余仍待处理。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Ten frames ahead</source>
      <translation>前进十帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Ten frames back</source>
      <translation>后退十帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>That did not work; the message below says why. Enter tries again.</source>
      <translation>未成功；原因见下方消息。按 Enter 重试。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_desk.py</extracomment>
      <source>The blind check was left; nothing of it was recorded.</source>
      <translation>已退出盲检；未记录任何内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>The catalogue {1} cannot be read ({2}); mend or remove it.</source>
      <translation>无法读取目录 {1}（{2}）；请修复或删除。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/proposal_edit.py</extracomment>
      <source>The chosen referent is locked; unlock it, or accept as a new one.</source>
      <translation>所选对象已锁定；请解锁，或作为新对象接受。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>The clip does not say how fast it runs; 24 frames a second taken</source>
      <translation>片段未说明帧率；按每秒 24 帧处理</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>The clip ends with frame {1}; choose a range that does not go beyond it.</source>
      <translation>片段止于第 {1} 帧；请选择不超出它的范围。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>The clip ends with frame {1}; choose frames that are part of it.</source>
      <translation>片段止于第 {1} 帧；请选择其中的帧。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>The clip ends with frame {last:,}; type a number up to it.</source>
      <translation>片段止于第 {last:,} 帧；请输入不超过它的数字。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>The clip is not open yet, so its times are not known; wait a moment, or type a frame's number.</source>
      <translation>片段尚未打开，因此还不知道各帧的时间；请稍候，或输入帧号。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>The clip is not open yet; wait a moment and propagate again.</source>
      <translation>片段尚未打开；请稍候再传播。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>The column {1} of {2} names files; call it 'image'.</source>
      <translation>{2} 的列 {1} 是文件名；请将其命名为 'image'。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>The data set becomes part of this project, as one step that can be undone.</source>
      <translation>数据集将并入此项目，作为可撤销的一步。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/torch_predictor.py</extracomment>
      <source>The device {1} failed ({2}); choose 'cpu'.</source>
      <translation>设备 {1} 出错（{2}）；请选择 'cpu'。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/faults.py</extracomment>
      <source>The disk is full, so {1} could not be saved; free some space or save the project elsewhere: until then the edits stay in memory.</source>
      <translation>磁盘已满，因此无法保存 {1}；请释放空间或将项目保存到别处：在此之前，修改保留在内存中。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/lock.py</extracomment>
      <source>The disk of {1} cannot lock files ({2}), so two people could overwrite each other's work; copy the project to a local disk.</source>
      <translation>{1} 所在磁盘无法锁定文件（{2}），两人可能互相覆盖；请将项目复制到本地磁盘。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/disk_room.py</extracomment>
      <source>The disk of {1} has only {2} MB left, and the next part of what is to be written may need {3} MB; free some space first.</source>
      <translation>{1} 所在的磁盘只剩 {2} MB，而接下来要写入的部分可能需要 {3} MB；请先腾出一些空间。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>The disk refuses to keep a model in {1} ({2}); free some space or mend its permissions.</source>
      <translation>磁盘无法在 {1} 保存模型（{2}）；请腾出空间或修改权限。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>The edits since then are in memory only and go with the window.</source>
      <translation>此后的编辑仅在内存中，关闭窗口即会丢失。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>The file stays where it is.</source>
      <translation>文件保留原处。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>The file {name!r} is missing.</source>
      <translation>文件 {name!r} 缺失。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/propagation_blend.py</extracomment>
      <source>The folder for temporary files, {1}, takes no more ({2}); make room there or propagate a shorter range.</source>
      <translation>临时文件夹 {1} 已无法写入（{2}）；请腾出空间或传播更短的范围。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/project_store.py</extracomment>
      <source>The folder {1} does not exist; make it first, or choose another place.</source>
      <translation>文件夹 {1} 不存在；请先创建它，或选择其他位置。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>The folder {1} holds no model, for there is no {2}; name one that does.</source>
      <translation>文件夹 {1} 中没有模型，因为缺少 {2}；请指定含有模型的文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>The format wrote {1} where one was expected; name a folder instead.</source>
      <translation>该格式写出了 {1}，而非一个；请改为指定文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>The former project could not be closed: {error}</source>
      <translation>无法关闭先前的项目：{error}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>The frame on show; type a number, or a time such as 0:48.5, and press Enter</source>
      <translation>当前显示的帧；输入帧号或时间（如 0:48.5），然后按 Enter</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/torch_predictor.py</extracomment>
      <source>The graphics memory is full; close other programs or choose the device 'cpu'.</source>
      <translation>显存已满；请关闭其他程序或选择设备 'cpu'。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>The keys are in {file}.</source>
      <translation>按键已写入 {file}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>The keys of {file} are in use.</source>
      <translation>已启用 {file} 中的按键。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>The last frame lies before the first.</source>
      <translation>最后一帧在第一帧之前。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>The loaded model has no part that looks across frames, so masks are carried by optical flow: quick, but lost once the object is hidden. Check the frames, or choose a model with a cross-frame part in the settings.</source>
      <translation>所加载的模型没有跨帧部分，因此由光流传递掩码：速度快，但对象一被遮挡就会丢失。请检查各帧，或在设置中选择带跨帧部分的模型。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>The mask falls into parts.</source>
      <translation>掩码分裂成几部分。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>The mask grows, shrinks or goes all at once.</source>
      <translation>掩码突然变大、变小或消失。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>The mask jumps away from where it was.</source>
      <translation>掩码从原来的位置跳开。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>The mask of {1} is in one piece; there is nothing to split.</source>
      <translation>{1} 的掩码只有一块；无需拆分。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>The mask of {1} is in {2} parts; drop its specks first (Shift+X).</source>
      <translation>{1} 的掩码有 {2} 块；请先去除斑点（Shift+X）。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>The mask on frame {1} is settled; delete it first, or correct it there.</source>
      <translation>第 {1} 帧的掩码已确认；请先删除或在那里修正。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/propagation.py</extracomment>
      <source>The mask on frame {1} is {2} x {3} pixels where the clip has {4} x {5}; put the clip back that the mask was drawn on.</source>
      <translation>第 {1} 帧的掩码为 {2} x {3} 像素，而片段为 {4} x {5}；请放回绘制掩码时的片段。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_masks.py</extracomment>
      <source>The mask on this frame is only on offer; K settles it, Shift+Backspace discards it, O says that the referent is not here, Enter accepts all that is on offer.</source>
      <translation>此帧上的掩码只是待接受的；按 K 确认它，按 Shift+Backspace 丢弃它，按 O 标为不存在，按 Enter 接受全部。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>The masks from the keyframe before and the one behind do not agree.</source>
      <translation>来自前一个关键帧和后一个关键帧的掩码不一致。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>The masks of {1} are not loaded yet; open it first.</source>
      <translation>{1} 的掩码尚未载入；请先打开。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/session.py</extracomment>
      <source>The masks of {1} do not fit it ({2}); go back to a copy of the project.</source>
      <translation>{1} 的掩码与其不符（{2}）；请使用项目的副本。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/project_store.py</extracomment>
      <source>The masks of {1} need {2} GB of memory, more than the {3} GB allowed; split the clip into shorter ones.</source>
      <translation>{1} 的掩码需要 {2} GB 内存，超过允许的 {3} GB；请将片段切短。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>The model also read it as “{phrase}”.</source>
      <translation>模型还按“{phrase}”理解了一次。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/torch_predictor.py</extracomment>
      <source>The model does not fit the device {1} ({2}); choose 'cpu'.</source>
      <translation>模型不适合设备 {1}（{2}）；请选择 'cpu'。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>The model does not know {verb} and passed over: {words}.</source>
      <translation>模型不认识{verb}，已略过：{words}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>The model does not know {verb}: {words}.</source>
      <translation>模型不认识{verb}：{words}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/proposal_edit.py</extracomment>
      <source>The model drew no mask for {1}; paint it, or mark that nothing here is meant.</source>
      <translation>模型未为 {1} 画出掩码；请手绘，或标明此处无所指。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>The model goes by what things look like, GrabCut by colours and edges, the random walker by edges and nearness to the points.</source>
      <translation>模型依据物体的外观，GrabCut 依据颜色和边缘，随机游走依据边缘以及与各点的远近。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>The model is asked in the background; you can go on working. Its masks are proposals, not settled, and their pictures are in work. Phrases that fit nothing are kept as “probably not here”. J goes to what is doubtful. What is answered is not asked again.</source>
      <translation>模型在后台运行，您可以继续工作。其掩码是未确认的建议，相应图片处于处理中。没有匹配的短语会保留为“可能不在这里”。按 J 转到可疑内容。已回答的不会再次询问。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>The model is being loaded.</source>
      <translation>正在加载模型。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting_tools.py</extracomment>
      <source>The model is not loaded yet; colours answer clicks until it is.</source>
      <translation>模型尚未加载；在此之前由颜色来响应点击。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>The model is not sure and asks frames around this one; the mask may change. Enter accepts it as it is, Esc rejects.</source>
      <translation>模型没有把握，正在查看前后的帧；掩码可能会变化。按 Enter 接受当前掩码，按 Esc 拒绝。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>The model is not sure of the mask.</source>
      <translation>模型对该掩码没有把握。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>The model reads {max_words} words; the rest went unread.</source>
      <translation>模型只读取 {max_words} 个词；其余未读。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/bundle_files.py</extracomment>
      <source>The model {1} cannot be used, for its {2} cannot be read; fetch it again.</source>
      <translation>无法使用模型 {1}：其 {2} 无法读取；请重新获取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/bundle_files.py</extracomment>
      <source>The model {1} cannot be used, for its {2} is far too large; fetch it again.</source>
      <translation>无法使用模型 {1}：其 {2} 过大；请重新获取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/bundle_files.py</extracomment>
      <source>The model {1} cannot be used, for its {2} is not as it should be ({3}); fetch it again.</source>
      <translation>无法使用模型 {1}：其 {2} 不符合要求（{3}）；请重新获取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/bundles.py</extracomment>
      <source>The model {1} cannot be used, for its {2} {3}; fetch it again.</source>
      <translation>无法使用模型 {1}：其 {2} {3}；请重新获取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/bundles.py</extracomment>
      <source>The model {1} carries no cross-frame part to follow masks through clips; use a model that does, or follow them by optical flow.</source>
      <translation>模型 {1} 没有跨帧部分，无法在片段中跟随掩码；请使用具备该部分的模型，或用光流跟随。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>The model {1} comes under the licence {2}; it is installed once that is accepted.</source>
      <translation>模型 {1} 采用许可证 {2}；接受后才会安装。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/propagation_sweep.py</extracomment>
      <source>The model {1} gave no mask of the frame's size for referent {2} on frame {3}; use another model.</source>
      <translation>模型 {1} 在第 {3} 帧未给出对象 {2} 的帧尺寸掩码；请使用其他模型。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/torch_predictor.py</extracomment>
      <source>The model {1} gave no numbers on {2}; choose the device 'cpu'.</source>
      <translation>模型 {1} 在 {2} 上未给出数值；请选择设备 'cpu'。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/torch_predictor.py</extracomment>
      <source>The model {1} reads no clicks; correct the mask by colours instead.</source>
      <translation>模型 {1} 不读取点击；请改用颜色来修正蒙版。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>The model {name} is installed.</source>
      <translation>模型 {name} 已安装。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting_tools.py</extracomment>
      <source>The model {name} reads no clicks; colours answer them.</source>
      <translation>模型 {name} 不读取点击；由颜色来响应。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>The new key: press it here</source>
      <translation>新按键：在此按下</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>The next thing to do</source>
      <translation>下一步该做什么</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>The phrase names nothing in this picture (G)</source>
      <translation>短语在此图片中无所指 (G)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting_tools.py</extracomment>
      <source>The picture is not open yet; wait a moment and click again.</source>
      <translation>图片尚未打开；请稍候再点击。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting.py</extracomment>
      <source>The picture is not open yet; wait a moment and paint again.</source>
      <translation>图片尚未打开；请稍候再绘制。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_pieces.py</extracomment>
      <source>The picture is still being cut into pieces; click again in a moment.</source>
      <translation>图片仍在切分中；请稍候再点击。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/predictor.py</extracomment>
      <source>The picture was encoded by another model; encode it again with this one.</source>
      <translation>图片由另一个模型编码；请用此模型重新编码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/canvas.py</extracomment>
      <source>The picture with its masks; tools work here.</source>
      <translation>图片及其掩码；工具在此处使用。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>The plan stands here before anything is changed.</source>
      <translation>在更改任何内容之前，此处先显示规划。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>The project has no file; Ctrl+Shift+S gives it one.</source>
      <translation>项目没有文件；按 Ctrl+Shift+S 保存为文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/faults.py</extracomment>
      <source>The project {1} is damaged ({2}); go back to a copy of it.</source>
      <translation>项目 {1} 已损坏（{2}）；请使用其副本。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>The propagated masks on offer are those of this clip; look at them, then press Enter.</source>
      <translation>待接受的传播掩码属于此片段；查看后按 Enter。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/proposal_edit.py</extracomment>
      <source>The proposal is for another picture; choose a referent of its own.</source>
      <translation>该建议属于另一张图片；请选择那张图片的对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>The selected referent has no mask here; paint one first, or run one of its phrases.</source>
      <translation>所选对象在此没有掩码；请先绘制，或运行它的一条短语。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>The selected referent is locked; press {toggle_locked} to unlock it.</source>
      <translation>所选对象已锁定；按 {toggle_locked} 解锁。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/settings.py</extracomment>
      <source>The setting {1} takes {2}, not {3}.</source>
      <translation>设置 {1} 应为 {2}，而不是 {3}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/settings.py</extracomment>
      <source>The settings could not be written to {1} ({2}); mend its folder's permissions or free some space.</source>
      <translation>无法将设置写入 {1}（{2}）；请修改文件夹权限或腾出空间。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/splits.py</extracomment>
      <source>The shares of the splits should be positive numbers for train, val and test.</source>
      <translation>train、val 和 test 的比例应为正数。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>The square whose mean colour the wand goes by.</source>
      <translation>魔棒取样的方块大小，按其平均颜色选取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>The stroke lies outside the picture; paint inside it.</source>
      <translation>笔画在图片之外；请在图内绘制。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>The transfer was stopped; nothing was left behind.</source>
      <translation>传输已停止；未留下任何内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>The weights of {1} are cut off or have something behind them; fetch it again.</source>
      <translation>{1} 的权重被截断或后面有多余内容；请重新获取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>The weights of {1} are not in the safetensors format; fetch it again.</source>
      <translation>{1} 的权重不是 safetensors 格式；请重新获取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>The weights of {1} have a damaged header; fetch it again.</source>
      <translation>{1} 的权重文件头已损坏；请重新获取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>The weights of {1} overlap or leave gaps; fetch it again.</source>
      <translation>{1} 的权重有重叠或空缺；请重新获取。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Theme</source>
      <translation>主题</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/assist.py</extracomment>
      <source>There are {1} candidates; press a digit up to that.</source>
      <translation>共有 {1} 个候选；请按不超过它的数字键。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>There is a model {1} already; replace it, or give this one another name.</source>
      <translation>已有模型 {1}；请替换它，或给这个模型另取名称。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>There is neither a file nor a model {1} to fetch; give the address of a bundle, its zip or its folder.</source>
      <translation>没有名为 {1} 的文件或模型可获取；请提供模型的地址、zip 或文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>There is neither a file nor a model {1} to fetch; known by name: {2}.</source>
      <translation>没有名为 {1} 的文件或模型可获取；已知名称：{2}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keymap.py</extracomment>
      <source>There is no action {name} whose keys can be changed; it was left out.</source>
      <translation>没有可更改按键的操作 {name}；已忽略。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/folder_desk.py</extracomment>
      <source>There is no folder that was opened as photos just now; open one as a clip instead.</source>
      <translation>刚才没有以照片方式打开的文件夹；请改为将其作为片段打开。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>There is no keyframe after this frame.</source>
      <translation>此帧之后没有关键帧。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>There is no keyframe before this frame.</source>
      <translation>此帧之前没有关键帧。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>There is no mask on this frame to settle; draw one, or mark the referent absent.</source>
      <translation>此帧没有可确认的掩码；请绘制，或将对象标为不存在。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>There is no mask to start from; draw one on this frame, or settle one on another.</source>
      <translation>没有可作起点的掩码；请在此帧绘制，或在其他帧确认一个。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>There is no mask to start from; draw one on this frame, or type a phrase.</source>
      <translation>没有可作为起点的掩码；请在此帧绘制一个，或输入短语。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/bundles.py</extracomment>
      <source>There is no model {1}, nor any other; put a bundle into {2}.</source>
      <translation>没有模型 {1}，也没有其他模型；请将模型放入 {2}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/bundles.py</extracomment>
      <source>There is no model {1}; choose one of {2}.</source>
      <translation>没有模型 {1}；请从 {2} 中选择。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate_start.py</extracomment>
      <source>There is no open frame in that direction; go the other way or choose another frame.</source>
      <translation>该方向没有未定的帧；请换个方向或选择其他帧。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>There is no other referent's mask; click one, or press Esc.</source>
      <translation>此处没有其他对象的掩码；请点击一个，或按 Esc。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/assist.py</extracomment>
      <source>There is no proposal; type a phrase and press Enter first.</source>
      <translation>没有建议；请先输入短语并按 Enter。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>There is no referent in this picture yet; paint one, or run a phrase.</source>
      <translation>此图片还没有对象；请绘制一个，或运行短语。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/settings.py</extracomment>
      <source>There is no setting {1}; the settings are {2}.</source>
      <translation>没有设置 {1}；可用设置为 {2}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>There is no unnamed project to open.</source>
      <translation>没有可打开的未命名项目。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/faults.py</extracomment>
      <source>There is no {1}; check the name, or whether its drive is connected.</source>
      <translation>没有 {1}；请检查名称，或其所在磁盘是否已连接。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>There is no {1}; check the name.</source>
      <translation>没有 {1}；请检查名称。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>There is nothing left to decide here; go to the next one.</source>
      <translation>此处没有待决定的内容；请转到下一个。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>There is nothing to accept; propagate a mask first.</source>
      <translation>没有可接受的内容；请先传播掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>There is nothing to discard here; no propagated mask is on offer on this frame.</source>
      <translation>此处没有可丢弃的内容；此帧上没有待接受的传播掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>There is nothing to export; add photos or clips first.</source>
      <translation>没有可导出的内容；请先添加照片或片段。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/assist.py</extracomment>
      <source>There is only one candidate; press 1 for it.</source>
      <translation>只有一个候选；请按 1 选择。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>There was no phrase to ask.</source>
      <translation>没有要询问的短语。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>This expression is no longer part of the project; choose another one.</source>
      <translation>此表达已不属于项目；请选择其他。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>This frame is not doubtful; press Q for the next one that is.</source>
      <translation>此帧并不可疑；按 Q 转到下一处可疑帧。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>This is the last frame; there is no next one to copy the mask to.</source>
      <translation>这是最后一帧；没有下一帧可复制掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>This line always says it. At its right: the model and the device it runs on. {palette} finds any action, {shortcuts} lists the keys.</source>
      <translation>这一行总会告诉您。右侧显示模型及其运行设备。{palette} 可查找任何操作，{shortcuts} 列出按键。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_desk.py</extracomment>
      <source>This phrase has no mask yet that it could be checked against.</source>
      <translation>此短语尚无可供比对的掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>This phrase is among those of this picture already.</source>
      <translation>此短语已在这张图片的短语中。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/session.py</extracomment>
      <source>This picture is no longer part of the project; choose another one.</source>
      <translation>此图片已不属于项目；请选择其他。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools.py</extracomment>
      <source>This place belongs to the mask already; click a hole in it, or hold Ctrl to empty a part.</source>
      <translation>此处已属于掩码；请单击其中的孔洞，或按住 Ctrl 清除一部分。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>This referent is no longer part of the project; choose another one.</source>
      <translation>此对象已不属于项目；请选择其他。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_form.py</extracomment>
      <source>This was the project before; open the dialog anew for the one open now.</source>
      <translation>这是之前的项目；请为当前打开的项目重新打开此对话框。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Throw away {name}</source>
      <translation>丢弃 {name}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/thumbnails.py</extracomment>
      <source>Thumbnail</source>
      <translation>缩略图</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_thumbnails.py</extracomment>
      <source>Thumbnails of frames</source>
      <translation>帧缩略图</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Time per mask</source>
      <translation>每个掩码的用时</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>Timeline</source>
      <translation>时间轴</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Tolerance</source>
      <translation>容差</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Tool</source>
      <translation>工具</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Tool strip</source>
      <translation>工具条</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Tools</source>
      <translation>工具</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Tour of the window</source>
      <translation>界面导览</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Type a few letters of what you want to do, or of a file's name.</source>
      <translation>输入想做之事或文件名的几个字母。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Type a phrase</source>
      <translation>输入短语</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_verbs.py</extracomment>
      <source>Type the phrase first; Shift+Enter then adds it to the selected referent.</source>
      <translation>请先输入短语；再按 Shift+Enter 将其添加到所选对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_verbs.py</extracomment>
      <source>Type the phrase that names nothing here first, then press G.</source>
      <translation>请先输入在此无所指的短语，再按 G。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/window_verbs.py</extracomment>
      <source>Type the phrase; Shift+Enter adds it to the selected referent.</source>
      <translation>输入短语；按 Shift+Enter 将其添加到所选对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_verbs.py</extracomment>
      <source>Type what you mean first, for example: the dog on the left.</source>
      <translation>请先用英文输入您所指的内容，例如：the dog on the left。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Type what you mean, for example: the dog on the left</source>
      <translation>用英文输入您所指的内容，例如：the dog on the left</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>Unassign expression</source>
      <translation>取消指派表达</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Under</source>
      <translation>小于</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Unlock</source>
      <translation>解锁</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Up to</source>
      <translation>至多</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Use it as well</source>
      <translation>同时使用</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Use this key</source>
      <translation>使用此按键</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Use this model</source>
      <translation>使用此模型</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Use this split</source>
      <translation>使用此划分</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Version</source>
      <translation>版本</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Wait for the mask, or press {reject} to stop.</source>
      <translation>请等待掩码，或按 {reject} 停止。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/palette.py</extracomment>
      <source>What do you want to do, or which picture?</source>
      <translation>您想做什么，或查找哪张图片？</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>What expressions mean</source>
      <translation>指代表达所指</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>What has arrived stays on offer.</source>
      <translation>已得到的部分仍可接受。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>What is doubtful</source>
      <translation>可疑内容</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>What is locked stays on offer; unlock it to accept it.</source>
      <translation>已锁定的仍待接受；解锁后即可接受。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>What is thinner goes, what is narrower closes.</source>
      <translation>更细的部分去除，更窄的缝隙闭合。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>What looks most like it is hardly “{colour}”.</source>
      <translation>最接近的对象几乎不是“{colour}”色。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>What one can filter by</source>
      <translation>可用的筛选条件</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_panel.py</extracomment>
      <source>What the project has here is hidden while it is checked blindly.</source>
      <translation>盲检期间，项目在此处已有的内容会被隐藏。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>What the shapes mean</source>
      <translation>图形的含义</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/blind_check.py</extracomment>
      <source>What this phrase means has no mask on this frame; choose a frame that has one.</source>
      <translation>此短语所指在此帧没有掩码；请选择有掩码的帧。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>What to do next</source>
      <translation>下一步做什么</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/palette.py</extracomment>
      <source>What was found</source>
      <translation>查找结果</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>What {1} sends could be exchanged on its way; give its SHA-256 with it, or an address of https.</source>
      <translation>{1} 发送的内容可能在途中被替换；请附上 SHA-256，或使用 https 地址。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>What {1} sends has another SHA-256 than it should have; it is damaged or was exchanged, so it was thrown away; ask whoever gave you the address.</source>
      <translation>{1} 发送的内容 SHA-256 不符；它已损坏或被替换，因此已丢弃；请询问提供地址的人。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Where</source>
      <translation>范围</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Where are the {count:,} missing files now?</source>
      <translation>{count:,} 个缺失的文件现在在哪里？</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Where is the missing file now?</source>
      <translation>缺失的文件现在在哪里？</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Where masks came from</source>
      <translation>掩码来源</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>While held, dragging moves the picture; so does the middle button. A tap plays the clip.</source>
      <translation>按住时拖动可移动图片，鼠标中键亦可。轻按则播放片段。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>While held, the photo alone.</source>
      <translation>按住时只显示照片。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>While held, what lies under the pointer, magnified.</source>
      <translation>按住时放大显示指针下的内容。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Width of outlines</source>
      <translation>轮廓宽度</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>Words of the name or of a phrase; the funnel shows what else there is.</source>
      <translation>名称或短语中的词；漏斗图标显示其他条件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Words per expression</source>
      <translation>每条指代表达的词数</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/busy.py</extracomment>
      <source>Working</source>
      <translation>正在处理</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Write a phrase first.</source>
      <translation>请先写一条短语。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/help_desk.py</extracomment>
      <source>Write report</source>
      <translation>写入报告</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>YOLO segmentation</source>
      <translation>YOLO 分割</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>You chose {name}, which is not among the models here.</source>
      <translation>您选择了 {name}，但这里没有该模型。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>You chose {name}: it reads phrases on photos and on frames of clips.</source>
      <translation>您选择了 {name}：照片和片段帧上的短语都由它读取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>You drew a mask, dashed; the project says that it is not here.</source>
      <translation>您画了掩码（虚线）；项目认为它不在这里。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_desk.py</extracomment>
      <source>You have checked every phrase that has a mask.</source>
      <translation>您已检查所有带掩码的短语。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>You say that it is not here; the project has a mask.</source>
      <translation>您认为它不在这里；项目中有掩码。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Your name, written into what you make</source>
      <translation>您的姓名，写入您的工作成果</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Yours is dashed, {mine} px; the project's has {theirs} px.</source>
      <translation>您的掩码为虚线，{mine} 像素；项目的有 {theirs} 像素。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/help_desk.py</extracomment>
      <source>Zip files (*.zip)</source>
      <translation>压缩文件 (*.zip)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Zoom in</source>
      <translation>放大</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Zoom out</source>
      <translation>缩小</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>Zoom the timeline in (wheel)</source>
      <translation>放大时间轴（滚轮）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>Zoom the timeline out</source>
      <translation>缩小时间轴</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Zoom to the pointer</source>
      <translation>以指针为中心缩放</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>Zoom; press to fit the picture</source>
      <translation>缩放；按下以适合窗口</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>a black and white picture for each expression and frame, for the evaluation server; written only</source>
      <translation>每个指代表达和帧一张黑白图，用于评测服务器；仅写出</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>a black and white picture for each mask, with tables of what they are; written only</source>
      <translation>每个掩码一张黑白图，附说明表格；仅写出</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>a line for each expression with boxes, run-length masks and chat messages; written only</source>
      <translation>每个指代表达一行，含边框、行程编码掩码和对话消息；仅写出</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>a mask that nobody has settled</source>
      <translation>尚未有人确认的掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>a proposal, nobody has settled it</source>
      <translation>建议，尚无人确认</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>a table (CSV): image, phrase</source>
      <translation>表格 (CSV)：图片、短语</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>absent</source>
      <translation>不存在</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>accepted as it was</source>
      <translation>原样接受</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>action</source>
      <translation>动作</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>all</source>
      <translation>全部</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>all ({count})</source>
      <translation>全部（{count}）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>all frames, or such as 12-40</source>
      <translation>所有帧，或例如 12-40</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>all reasons</source>
      <translation>所有原因</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>any size</source>
      <translation>任意大小</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>as the model</source>
      <translation>由模型决定</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>auto</source>
      <translation>自动</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>auto: one model reads photos, another reads frames of clips. A model named here reads both.</source>
      <translation>auto：一个模型读取照片，另一个读取片段帧。在此指定的模型两者都读取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>backward only</source>
      <translation>仅向后</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>blind check</source>
      <translation>盲检</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>blind check agrees {1}</source>
      <translation>盲检一致度为 {1}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>blind check by {1} agrees {2}</source>
      <translation>{1} 的盲检一致度为 {2}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>blind check by {1}: not here</source>
      <translation>{1} 的盲检：此处没有</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>blind check: not here</source>
      <translation>盲检：此处没有</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>blind checks</source>
      <translation>盲检</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>both ways from the keyframes</source>
      <translation>从关键帧向两个方向</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>by hand</source>
      <translation>手工</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>cannot be read</source>
      <translation>无法读取</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>carried over from another frame</source>
      <translation>由其他帧传播而来</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>category</source>
      <translation>类别</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>checks disagree</source>
      <translation>检查不一致</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>class and object PNGs a photo; written only</source>
      <translation>每张照片的类别和对象 PNG；仅写出</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>clicks answered by the model</source>
      <translation>由模型响应点击得到</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>clip</source>
      <translation>片段</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>clips</source>
      <translation>片段</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>clips (their annotated frames are written as photos)</source>
      <translation>片段（已标注的帧按照片写出）</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>clips as mp4 or frames, queries as CSV, masks as one HDF5 file for each annotated frame</source>
      <translation>片段为 mp4 或帧，查询为 CSV，每个标注帧一个 HDF5 掩码文件</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>colour</source>
      <translation>颜色</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>commands to a car with the region where it should go; read only</source>
      <translation>给汽车的指令及其应前往的区域；仅读取</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>copy the pictures beside</source>
      <translation>将图片复制到旁边</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>cpu</source>
      <translation>CPU</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>cuda</source>
      <translation>CUDA</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>cvat</source>
      <translation>CVAT</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>default</source>
      <translation>默认</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>different word</source>
      <translation>个不同的词</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>different words</source>
      <translation>个不同的词</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>doubtful  {score:.0%}</source>
      <translation>可疑  {score:.0%}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>doubtful: may have drifted</source>
      <translation>可疑：可能已漂移</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>drawn by hand</source>
      <translation>手工绘制</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>drew it blind</source>
      <translation>在盲检中绘制</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_strips.py</extracomment>
      <source>drift {drift:.0%}</source>
      <translation>漂移 {drift:.0%}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>drifted {1} on frame {2}</source>
      <translation>在第 {2} 帧漂移 {1}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>drifted, frames {1} to {2}, up to {3}</source>
      <translation>漂移，第 {1} 至 {2} 帧，最多 {3}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>empty: not to be seen here</source>
      <translation>空：在此不可见</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>everywhere</source>
      <translation>任何位置</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>expected quality {1}</source>
      <translation>预期质量 {1}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>expected quality {score:.0%}</source>
      <translation>预期质量 {score:.0%}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>expected quality {score}</source>
      <translation>预期质量 {score}</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expression</source>
      <translation>指代表达</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expressions</source>
      <translation>指代表达</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expressions for none, one or many objects of a clip, run-length masks</source>
      <translation>片段中零个、一个或多个对象的指代表达，行程编码掩码</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expressions for several referents</source>
      <translation>指代多个对象的表达</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expressions that fit nothing</source>
      <translation>不对应任何对象的表达</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expressions that fit nothing on photos without a mask</source>
      <translation>没有掩码的照片上不对应任何对象的表达</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expressions without a referent yet</source>
      <translation>尚无对象的表达</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>for “{phrase}”</source>
      <translation>对应“{phrase}”</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>forward only</source>
      <translation>仅向前</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>frame marked absent</source>
      <translation>标为不存在的帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services</extracomment>
      <source>frame {1}</source>
      <translation>第 {1} 帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>frame {first:,}</source>
      <translation>第 {first:,} 帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>frames and label PNGs a sequence, without expressions</source>
      <translation>每个序列的帧和标签 PNG，无指代表达</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>frames marked absent</source>
      <translation>标为不存在的帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>frames where a referent is marked absent</source>
      <translation>对象被标为不存在的帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>frames with masks of some referents only (the others read as absent)</source>
      <translation>只有部分对象有掩码的帧（其余视为不存在）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>frames {first:,} to {last:,}</source>
      <translation>第 {first:,} 至 {last:,} 帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>frames, label PNGs and meta_expressions.json a split</source>
      <translation>每个划分的帧、标签 PNG 和 meta_expressions.json</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>hold Ctrl</source>
      <translation>按住 Ctrl</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/action_set.py</extracomment>
      <source>hold {key}</source>
      <translation>按住 {key}</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>holes and parts too small for a polygon</source>
      <translation>孔洞和小到无法用多边形表示的部分</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>image pixels</source>
      <translation>图像像素</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>imported</source>
      <translation>导入</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>in memory only</source>
      <translation>仅在内存中</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>in the phrase box</source>
      <translation>在短语框中</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>in work</source>
      <translation>进行中</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>instances.json and grefs(unc).json: none, one or many objects a sentence</source>
      <translation>instances.json 和 grefs(unc).json：每句零个、一个或多个对象</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>instances.json and refs(unc).p for the REFER loader: one object a sentence</source>
      <translation>instances.json 和 refs(unc).p，供 REFER 加载器使用：每句一个对象</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>instances.json with run-length masks (polygons by choice), the expressions beside each annotation</source>
      <translation>instances.json，含行程编码掩码（可选多边形），指代表达位于各标注旁</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>instances_&lt;split&gt;.json and refs_&lt;split&gt;.json: none, one or many objects a sentence</source>
      <translation>instances_&lt;split&gt;.json 和 refs_&lt;split&gt;.json：每句零个、一个或多个对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>it has a mask on frame {1}, the last is {2}.</source>
      <translation>它在第 {1} 帧有掩码，而最后一帧是 {2}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>it has no mask anywhere; draw one or remove it.</source>
      <translation>它没有任何掩码；请绘制或删除。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>it has {1} words, the model reads {2}; shorten it.</source>
      <translation>它有 {1} 个词，模型只读 {2} 个；请缩短。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>it holds no word; write one or remove it.</source>
      <translation>它不含单词；请填写或删除。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>it is equally true of {1}; say what tells the two apart.</source>
      <translation>它同样符合 {1}；请说明两者的区别。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>it says {1}, the mask lies at the {2}; mend one of them.</source>
      <translation>它说 {1}，而掩码位于 {2}；请修改其中之一。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>it says {1}, which the mask holds none of; mend one of them.</source>
      <translation>它说 {1}，但掩码中没有；请修改其中之一。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>it speaks of frame {1}, the clip ends at {2}.</source>
      <translation>它提到第 {1} 帧，而片段止于 {2}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>it stands in {1}; keep it in one split.</source>
      <translation>它同时在 {1} 中；请只保留在一个划分里。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>it stands twice; remove one.</source>
      <translation>它重复出现；请删除一条。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>its mask has no pixel; draw it or remove it.</source>
      <translation>其掩码没有像素；请绘制或删除。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>its mask is {1} x {2}, the frame {3} x {4}.</source>
      <translation>其掩码为 {1} x {2}，而帧为 {3} x {4}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>leave the pictures where they are</source>
      <translation>图片保留在原处</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>likely  {score:.0%}</source>
      <translation>很可能  {score:.0%}</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>line breaks in expressions (written as spaces)</source>
      <translation>表达中的换行（写为空格）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>link the pictures where the disk allows</source>
      <translation>在磁盘允许时链接图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>loading the model</source>
      <translation>正在加载模型</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>loading {name}</source>
      <translation>正在加载 {name}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>low quality</source>
      <translation>质量低</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>many</source>
      <translation>多个</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>mask</source>
      <translation>掩码</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>masks</source>
      <translation>掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services</extracomment>
      <source>mean {1}</source>
      <translation>平均 {1}</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>media</source>
      <translation>媒体</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>media without a split (written as train)</source>
      <translation>未划分的媒体（写为 train）</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>media without masks or expressions</source>
      <translation>没有掩码或表达的媒体</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services</extracomment>
      <source>median {1}</source>
      <translation>中位数 {1}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services</extracomment>
      <source>median {1} s</source>
      <translation>中位数 {1} 秒</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>medium</source>
      <translation>媒体</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>middle drag, Space drag, Shift+wheel</source>
      <translation>中键拖动、空格拖动、Shift+滚轮</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>no expression means it.</source>
      <translation>没有表达指代它。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_strips.py</extracomment>
      <source>no mask yet</source>
      <translation>尚无掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>no model</source>
      <translation>无模型</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>no name</source>
      <translation>无名称</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>no referent yet</source>
      <translation>尚无对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>no target</source>
      <translation>无目标</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>nobody has said what it means; link it, or mark that nothing answers to it.</source>
      <translation>还没有人说明它的含义；请关联它，或标明无所指。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>none</source>
      <translation>无</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>none yet; paint it, or run a phrase</source>
      <translation>尚无；请绘制或运行一条短语</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>not recorded</source>
      <translation>未记录</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>nothing drawn</source>
      <translation>未绘制</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>nothing here</source>
      <translation>此处没有</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>nothing here (checked)</source>
      <translation>此处没有（已检查）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>nothing to count yet</source>
      <translation>暂无可统计内容</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>off</source>
      <translation>关</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>on</source>
      <translation>开</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_strips.py</extracomment>
      <source>on offer</source>
      <translation>待确认</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>on offer, not yet accepted</source>
      <translation>待接受，尚未采纳</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>on the picture</source>
      <translation>在图片上</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>one</source>
      <translation>一个</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>one JSON file a photo with exact masks (polygons by choice), the expressions beside each shape</source>
      <translation>每张照片一个 JSON 文件，含精确掩码（可选多边形），表达位于各形状旁</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>one polygon a referent, joined and without holes; written only</source>
      <translation>每个对象一个多边形，已合并且无孔洞；仅写出</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>one query a clip, masks in MATLAB files; read only</source>
      <translation>每个片段一条查询，掩码为 MATLAB 文件；仅读取</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>open</source>
      <translation>未定</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>outlines</source>
      <translation>轮廓</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>outside text fields</source>
      <translation>文本框以外</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>overlaps (a pixel belongs to one referent, the smaller)</source>
      <translation>重叠（一个像素只属于较小的对象）</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>patterns</source>
      <translation>图案</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>paused</source>
      <translation>已暂停</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>perhaps not here</source>
      <translation>也许不在这里</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>perhaps not here (presence {1}, limit {2})</source>
      <translation>也许不在此处（存在度 {1}，阈值 {2}）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>photos</source>
      <translation>照片</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>photos (only clips are written)</source>
      <translation>照片（只写出片段）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>photos and clips</source>
      <translation>照片和片段</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>phrase</source>
      <translation>短语</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>phrases</source>
      <translation>语句</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>phrases with polygons on Visual Genome photos; read only</source>
      <translation>Visual Genome 照片上的短语和多边形；仅读取</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>phrases, follows masks by itself</source>
      <translation>语句，可自行跟踪掩码</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>plain</source>
      <translation>纯色</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>plural</source>
      <translation>复数</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>position</source>
      <translation>位置</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>predicted</source>
      <translation>预测</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>presence {presence} (limit {limit})</source>
      <translation>存在 {presence}（阈值 {limit}）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>probably not here</source>
      <translation>可能不在此处</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>probably not here (presence {1})</source>
      <translation>可能不在此处（存在度 {1}）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>probably not in this image</source>
      <translation>可能不在此图片中</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>propagated</source>
      <translation>传播</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>propagated and on offer: Enter accepts</source>
      <translation>已传播，待接受：按 Enter 接受</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>proposed by the model</source>
      <translation>由模型建议</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>recognise it</source>
      <translation>自动识别</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>referent</source>
      <translation>对象</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>referents</source>
      <translation>对象</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>referents without a mask</source>
      <translation>没有掩码的对象</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>referents without an expression</source>
      <translation>没有表达的对象</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>referit_query_&lt;split&gt;.json with MATLAB masks whose zeros are the object; read only</source>
      <translation>referit_query_&lt;split&gt;.json，MATLAB 掩码中零值为对象；仅读取</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>relation</source>
      <translation>关系</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>reviewed</source>
      <translation>已检查</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>saved</source>
      <translation>已保存</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>saving</source>
      <translation>正在保存</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>says not here</source>
      <translation>认为不在这里</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>screen pixels</source>
      <translation>屏幕像素</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>settled as absent</source>
      <translation>已确认不存在</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>settled by a person: a keyframe</source>
      <translation>由人确认：关键帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>settled mask</source>
      <translation>已确认的掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>settled masks</source>
      <translation>已确认的掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>size</source>
      <translation>大小</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>somebody</source>
      <translation>某人</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>splits</source>
      <translation>划分</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>stroke</source>
      <translation>笔</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>strokes</source>
      <translation>笔</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>such as dog</source>
      <translation>例如狗</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>testA and testB (written as test)</source>
      <translation>testA 和 testB（写为 test）</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the DAVIS tree with the four text files of expressions</source>
      <translation>DAVIS 目录及四个表达文本文件</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the author of an expression</source>
      <translation>表达的作者</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the categories of referents</source>
      <translation>对象的类别</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the exact outline of a mask</source>
      <translation>掩码的精确轮廓</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>the file has {1} x {2} pixels, its masks {3} x {4}.</source>
      <translation>文件为 {1} x {2} 像素，其掩码为 {3} x {4}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>the file has {1}, the data set counts {2}.</source>
      <translation>文件有 {1}，数据集计为 {2}。</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the frame rate of clips</source>
      <translation>片段的帧率</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the frames an expression speaks of</source>
      <translation>表达所涉及的帧</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the kind of an expression</source>
      <translation>表达的类型</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the mark of a crowd region</source>
      <translation>群体区域的标记</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>the menu</source>
      <translation>菜单</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>the model does not know {1}.</source>
      <translation>模型不认识 {1}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>the model drew nothing</source>
      <translation>模型未画出任何内容</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the names of referents</source>
      <translation>对象的名称</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>the program</source>
      <translation>程序</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>the project's own that nobody has answered ({count})</source>
      <translation>项目中尚未回答的（{count}）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>the same words mean something else too; tell the two apart.</source>
      <translation>相同的词也指代别的对象；请加以区分。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>their masks are nearly the same.</source>
      <translation>它们的掩码几乎相同。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>then corrected</source>
      <translation>之后修正</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>there are {1} of that category; say which one is meant.</source>
      <translation>该类别有 {1} 个；请说明指哪一个。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>these look alike and stand in {1}; keep them in one split.</source>
      <translation>它们看起来相同却位于 {1}；请放在同一划分中。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>these words</source>
      <translation>这些词</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>these, of every picture</source>
      <translation>这些，用于每张图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>this word</source>
      <translation>这个词</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>those in the list ({count})</source>
      <translation>列表中的（{count}）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>those not reviewed ({count})</source>
      <translation>未检查的（{count}）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>to</source>
      <translation>至</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>unlikely  {score:.0%}</source>
      <translation>不太可能  {score:.0%}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/main_window.py</extracomment>
      <source>unnamed project</source>
      <translation>未命名项目</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>unseen</source>
      <translation>未查看</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>unspecified</source>
      <translation>未指定</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>val (written as test)</source>
      <translation>val（写为 test）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>wheel</source>
      <translation>滚轮</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>which frames a person settled</source>
      <translation>哪些帧由人确认</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>while a proposal is shown</source>
      <translation>显示建议时</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>while held</source>
      <translation>按住时</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>who or what made a mask</source>
      <translation>掩码由谁或什么生成</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>you</source>
      <translation>您</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services</extracomment>
      <source>{1} MB</source>
      <translation>{1} MB</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} belongs to another medium and cannot be moved; make a new referent there.</source>
      <translation>{1} 属于另一媒体，无法移动；请在那里新建对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} belongs to another medium and cannot be moved; write it anew there.</source>
      <translation>{1} 属于另一媒体，无法移动；请在那里重新书写。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>{1} blind checks</source>
      <translation>{1} 次盲检</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>{1} came with the program and goes with it; only models of your own can be removed.</source>
      <translation>{1} 随程序附带；只能删除您自己的模型。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} can only mean referents of its own medium.</source>
      <translation>{1} 只能指代其所属媒体的对象。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} cannot be fetched: the server answers {2} {3}.</source>
      <translation>无法获取 {1}：服务器应答 {2} {3}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} cannot be reached ({2}); check the path and the drive.</source>
      <translation>无法访问 {1}（{2}）；请检查路径和磁盘。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/faults.py</extracomment>
      <source>{1} cannot be reached ({2}); connect its drive again or save the project elsewhere.</source>
      <translation>无法访问 {1}（{2}）；请重新连接其磁盘，或将项目保存到别处。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/folder_clips.py</extracomment>
      <source>{1} cannot be read ({2}).</source>
      <translation>无法读取 {1}（{2}）。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} cannot be read ({2}); check the drive and copy the file again.</source>
      <translation>无法读取 {1}（{2}）；请检查磁盘并重新复制该文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>{1} cannot be read as a table; save it as CSV in UTF-8.</source>
      <translation>无法将 {1} 读作表格；请另存为 UTF-8 的 CSV。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} cannot be the name of a model; use letters, digits, dots, - and _.</source>
      <translation>{1} 不能作为模型名称；请使用字母、数字、点、- 和 _。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/log_bundle.py</extracomment>
      <source>{1} cannot be written ({2}); choose another folder.</source>
      <translation>无法写入 {1}（{2}）；请选择其他文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} cannot be written ({2}); choose another place.</source>
      <translation>无法写入 {1}（{2}）；请选择其他位置。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} cannot be written ({2}); nothing was left behind.</source>
      <translation>无法写入 {1}（{2}）；未留下任何内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} could be fetched only in part ({2}): {3}; try again later, which goes on where this stopped.</source>
      <translation>{1} 只获取了一部分（{2}）：{3}；请稍后再试，将从中断处继续。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} declares frames of {2} x {3} pixels, over the limit of {4} megapixels; scale it down.</source>
      <translation>{1} 的帧为 {2} x {3} 像素，超过 {4} 百万像素的上限；请缩小。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_decoding.py</extracomment>
      <source>{1} declares {2} pixels, and pictures over {3} megapixels are not opened; shrink it or cut it into tiles.</source>
      <translation>{1} 声明为 {2} 像素，超过 {3} 百万像素的图片不会打开；请缩小或切成小块。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} does not exist; check the path, or relink the file if it was moved.</source>
      <translation>{1} 不存在；请检查路径，若已移动请重新链接。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>{1} does not exist; check the path.</source>
      <translation>{1} 不存在；请检查路径。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_decoding.py</extracomment>
      <source>{1} does not fit into memory; close other programs or shrink it.</source>
      <translation>{1} 超出内存；请关闭其他程序或缩小它。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/log_bundle.py</extracomment>
      <source>{1} entries</source>
      <translation>{1} 项</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} exists already; choose another name.</source>
      <translation>{1} 已存在；请另选名称。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/project_store.py</extracomment>
      <source>{1} exists already; open it, or choose another name.</source>
      <translation>{1} 已存在；请打开它，或另选名称。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} exists; choose another name, or ask for it to be replaced.</source>
      <translation>{1} 已存在；请另选名称，或选择替换。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} files</source>
      <translation>{1} 个文件</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/relink.py</extracomment>
      <source>{1} files looked at</source>
      <translation>已查看 {1} 个文件</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>{1} frames</source>
      <translation>{1} 帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>{1} has another SHA-256 than the one given; it is damaged or another file.</source>
      <translation>{1} 的 SHA-256 与给定的不同；它已损坏或是另一个文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_file.py</extracomment>
      <source>{1} has changed on disk from {2} x {3} to {4} x {5} pixels; open it anew.</source>
      <translation>{1} 在磁盘上由 {2} x {3} 变为 {4} x {5} 像素；请重新打开。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} has expressions about frames past its new end; change them first.</source>
      <translation>{1} 有涉及新结尾之后帧的表达；请先修改。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} has masks that would not fit its new size; remove them first.</source>
      <translation>{1} 有不符合新尺寸的掩码；请先删除。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_index.py</extracomment>
      <source>{1} has more than {2} frames; cut it into shorter clips.</source>
      <translation>{1} 超过 {2} 帧；请切成更短的片段。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>{1} has no column 'phrase'; name the column of phrases so.</source>
      <translation>{1} 没有 'phrase' 列；请将短语列命名为它。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>{1} has no mask here; paint one first, or run one of its phrases.</source>
      <translation>{1} 在此没有掩码；请先绘制，或运行它的一条短语。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>{1} has no mask on frame {2} of {3}; set one first.</source>
      <translation>{1} 在 {3} 的第 {2} 帧没有掩码；请先设置。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/write_queue.py</extracomment>
      <source>{1} has not been saved within {2} seconds; its disk is slow or gone, wait or save the project elsewhere.</source>
      <translation>{1} 在 {2} 秒内未能保存；磁盘缓慢或已断开，请等待或将项目保存到别处。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>{1} has several columns and no header; put 'image' and 'phrase' above them.</source>
      <translation>{1} 有多列但没有表头；请加上 'image' 和 'phrase'。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>{1} has {2} and none with index {3}.</source>
      <translation>{1} 有 {2}，没有序号 {3}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} has {2} in folders of its own ({3}), left out here; open those folders, too.</source>
      <translation>{1} 的子文件夹（{3}）中还有 {2}，此处未加入；请也打开这些文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/frames.py</extracomment>
      <source>{1} has {2} now, and the work on it reaches up to frame {3}; put the former file back.</source>
      <translation>{1} 现在只有 {2}，而已有的标注到第 {3} 帧；请放回原来的文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_sequence.py</extracomment>
      <source>{1} has {2} x {3} pixels, and the clip it is a frame of has {4} x {5}; scale all frames to one size.</source>
      <translation>{1} 为 {2} x {3} 像素，而其所属片段为 {4} x {5}；请将所有帧缩放到同一尺寸。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/frame_source.py</extracomment>
      <source>{1} has {2}, and no frame {3}; choose a number inside the range.</source>
      <translation>{1} 有 {2}，没有第 {3} 帧；请选择范围内的编号。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} holds clips only, and there are none; choose a format for photos.</source>
      <translation>{1} 只能容纳片段，而此处没有；请选择照片格式。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} holds files that the export did not put there ({2}); move them away, or choose another folder.</source>
      <translation>{1} 中有并非由导出放入的文件（{2}）；请移走它们，或选择其他文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/unfinished.py</extracomment>
      <source>{1} holds half an import that was broken off; open it once for writing, which takes that back.</source>
      <translation>{1} 中有一次中断的导入留下的一半数据；请以可写方式打开一次，这会将其撤回。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>{1} holds no frames; put them back.</source>
      <translation>{1} 没有帧；请放回。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>{1} holds no phrase; write one on each line.</source>
      <translation>{1} 没有短语；请每行写一条。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} holds no pictures or clips; choose another folder.</source>
      <translation>{1} 没有图片或片段；请选择其他文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} holds no pictures, only sound or data; choose another file.</source>
      <translation>{1} 没有画面，只有声音或数据；请选择其他文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_sequence.py</extracomment>
      <source>{1} holds no pictures; choose a folder of numbered frames.</source>
      <translation>{1} 没有图片；请选择含编号帧的文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} holds something else than an export of this program; choose another folder.</source>
      <translation>{1} 含有非本程序导出的内容；请选择其他文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} holds the photos of this very data set; choose another folder.</source>
      <translation>{1} 正是此数据集的照片所在；请选择其他文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} holds {2} twice; nothing was taken from it.</source>
      <translation>{1} 重复包含 {2}；未采用任何内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} holds {2}, which is no part of a model; nothing was taken from it.</source>
      <translation>{1} 含有不属于模型的 {2}；未采用任何内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} holds {2}; a model is a zip of four or five.</source>
      <translation>{1} 含 {2}；模型应为四或五个文件的 zip。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} in {2} is larger than such a file of a model may be.</source>
      <translation>{2} 中的 {1} 超过模型文件允许的大小。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/schema.py</extracomment>
      <source>{1} is a database, but not a project of RefSeg Annotator; choose a file that ends in .refseg.</source>
      <translation>{1} 是数据库，但不是 RefSeg Annotator 项目；请选择以 .refseg 结尾的文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} is a device or pipe, not a file; copy its contents to a file first.</source>
      <translation>{1} 是设备或管道，不是文件；请先将内容复制到文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/listing.py</extracomment>
      <source>{1} is a file, not a folder; choose the folder it lies in.</source>
      <translation>{1} 是文件而非文件夹；请选择其所在文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} is a file; name a folder.</source>
      <translation>{1} 是文件；请指定文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} is a folder, not a file; choose a file inside it.</source>
      <translation>{1} 是文件夹而非文件；请选择其中的文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/schema.py</extracomment>
      <source>{1} is a folder, not a project; choose a file that ends in .refseg.</source>
      <translation>{1} 是文件夹而非项目；请选择以 .refseg 结尾的文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} is a project, not a data set; export it first, or open it in the window.</source>
      <translation>{1} 是项目而不是数据集；请先导出，或在窗口中打开。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} is a project; open it instead of adding it.</source>
      <translation>{1} 是项目；请打开而不是添加它。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} is a symlink; name the place it leads to.</source>
      <translation>{1} 是符号链接；请指定其指向的位置。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/faults.py</extracomment>
      <source>{1} is being written by another program; close it there and try again.</source>
      <translation>{1} 正被其他程序写入；请在那里关闭后重试。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/project_store.py</extracomment>
      <source>{1} is closed; open it again.</source>
      <translation>{1} 已关闭；请重新打开。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} is coded in a way that cannot be decoded here; convert it to MP4 (H.264).</source>
      <translation>{1} 的编码无法在此解码；请转换为 MP4 (H.264)。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} is cut short: it declares more bytes than it has; {2}.</source>
      <translation>{1} 被截断：声明的字节数多于实际；{2}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_index.py</extracomment>
      <source>{1} is damaged after {2}; copy it again or repair it.</source>
      <translation>{1} 在 {2} 之后损坏；请重新复制或修复。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_decoding.py</extracomment>
      <source>{1} is damaged or cut short; copy it again from where it came.</source>
      <translation>{1} 已损坏或不完整；请从原处重新复制。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} is damaged or no clip that can be read; {2}.</source>
      <translation>{1} 已损坏或不是可读取的片段；{2}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} is damaged, and frames are missing from it: numbers may be too low from there on; {2}.</source>
      <translation>{1} 已损坏且缺少帧：从该处起帧号可能偏小；{2}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_decoding.py</extracomment>
      <source>{1} is damaged: its JPEG header is broken; copy it again from where it came.</source>
      <translation>{1} 已损坏：JPEG 文件头有误；请从来源重新复制。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} is damaged: no frame of it can be decoded; {2}.</source>
      <translation>{1} 已损坏：没有任何一帧可以解码；{2}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/bridged_frames.py</extracomment>
      <source>{1} is damaged: no mask on what cannot be decoded, frames {2}; copy it again, or convert it to MP4 (H.264).</source>
      <translation>{1} 已损坏：无法解码的帧 {2} 上没有掩码；请重新复制，或转换为 MP4 (H.264)。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} is empty (0 bytes); copy it again from where it came.</source>
      <translation>{1} 为空（0 字节）；请从来源重新复制。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/importing.py</extracomment>
      <source>{1} is in the project with {2} x {3} pixels and {4}, in the data set with {5} x {6} and {7}; one of the two belongs to another file.</source>
      <translation>{1} 在项目中为 {2} x {3} 像素、{4}，在数据集中为 {5} x {6}、{7}；两者之一属于另一个文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} is larger than such a file of a model may be.</source>
      <translation>{1} 超过模型文件允许的大小。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_decoding.py</extracomment>
      <source>{1} is larger than {2} GiB, the most a picture file may have; cut it into tiles</source>
      <translation>{1} 大于 {2} GiB，即图片文件的上限；请切成小块</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>{1} is locked; unlock it to change its mask.</source>
      <translation>{1} 已锁定；解锁后才能修改其掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate_start.py</extracomment>
      <source>{1} is locked; unlock it to propagate its mask.</source>
      <translation>{1} 已锁定；解锁后才能传播其掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>{1} is no SHA-256; it has 64 digits of 0-9 and a-f.</source>
      <translation>{1} 不是 SHA-256；它应由 64 个 0-9 和 a-f 字符组成。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} is no address of the web; give one that begins with https:// or a file's path.</source>
      <translation>{1} 不是网址；请提供以 https:// 开头的地址或文件路径。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_sequence.py</extracomment>
      <source>{1} is no clip, since {2} is no numbered frame like the others; add its pictures one by one, or move that file away.</source>
      <translation>{1} 不是片段，因为 {2} 不是像其他文件那样的编号帧；请逐张添加图片，或移走该文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/folder_clips.py</extracomment>
      <source>{1} is no clip: {2} is {3} x {4} pixels and {5} {6} x {7}; scale all frames to one size, or add them as photos.</source>
      <translation>{1} 不是片段：{2} 为 {3} x {4} 像素，{5} 为 {6} x {7}；请将所有帧缩放到同一尺寸，或作为照片添加。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/folder_clips.py</extracomment>
      <source>{1} is no folder of frames and no clip; choose another one.</source>
      <translation>{1} 既不是帧文件夹也不是片段；请选择其他。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} is no model, for it lacks {2}.</source>
      <translation>{1} 不是模型，因为缺少 {2}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} is no zip of a model, or a damaged one ({2}); fetch it again.</source>
      <translation>{1} 不是模型的 zip 或已损坏（{2}）；请重新获取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_decoding.py</extracomment>
      <source>{1} is not a picture that can be read; convert it to {2}.</source>
      <translation>{1} 不是可读取的图片；请转换为 {2}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} is not an untitled project; remove it in your file manager.</source>
      <translation>{1} 不是未命名项目；请在文件管理器中删除。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} is not empty; choose another folder, or ask for it to be replaced.</source>
      <translation>{1} 不为空；请选择其他文件夹，或选择替换。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>{1} is not there; put it back.</source>
      <translation>{1} 不在那里；请放回。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} is of a kind that cannot be opened; convert it to PNG or MP4.</source>
      <translation>{1} 的类型无法打开；请转换为 PNG 或 MP4。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} is only read; formats to write are {2}.</source>
      <translation>{1} 只能读取；可写的格式有 {2}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/project_store.py</extracomment>
      <source>{1} is open for reading only; open it for writing first.</source>
      <translation>{1} 以只读方式打开；请先以可写方式打开。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/lock.py</extracomment>
      <source>{1} is open in another window{2}; close it there, or save it there (Ctrl+S) and work on a copy of the file.</source>
      <translation>{1} 已在另一个窗口中打开{2}；请在那里关闭，或先在那里保存 (Ctrl+S)，再使用该文件的副本。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>{1} is the name of a model that came with the program; give it another name.</source>
      <translation>{1} 是程序自带模型的名称；请另取名称。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} is {2} GB large, more than a model may be ({3} GB).</source>
      <translation>{1} 大小为 {2} GB，超过模型上限（{3} GB）。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/frames.py</extracomment>
      <source>{1} is {2} x {3} now, but was {4} x {5} when its masks were drawn; put the former file back.</source>
      <translation>{1} 现在是 {2} x {3}，绘制掩码时是 {4} x {5}；请放回原来的文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} leads to {2}, which is no safe place for a model; ask whoever gave you the address.</source>
      <translation>{1} 指向 {2}，那里不是安全的模型来源；请询问提供地址的人。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>{1} looks like a pickled checkpoint, which can run anything when it is loaded; only bundles with safetensors weights are taken: train writes one, or convert it where it was made.</source>
      <translation>{1} 看起来是 pickle 检查点，加载时可执行任意代码；只接受 safetensors 权重的模型：可用 train 生成，或在其来源处转换。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} may not be read by you; change its permissions.</source>
      <translation>您无权读取 {1}；请修改权限。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/faults.py</extracomment>
      <source>{1} may not be written, for its file or folder is read-only; save the project to another folder.</source>
      <translation>无法写入 {1}，因为文件或文件夹是只读的；请将项目保存到其他文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} means that no model is chosen; give this one another name.</source>
      <translation>{1} 表示未选择模型；请为此模型另取名称。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} more media</source>
      <translation>{1} 个其他媒体</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>{1} names a referent here already; remove that expression first.</source>
      <translation>{1} 在此已指代一个对象；请先删除那条表达。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} needs {2} MB and the disk of {3} has {4} MB left; free some space.</source>
      <translation>{1} 需要 {2} MB，而 {3} 所在磁盘只剩 {4} MB；请腾出空间。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services</extracomment>
      <source>{1} of {2} MB</source>
      <translation>{1} / {2} MB</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} sends more than a model may have ({2} GB).</source>
      <translation>{1} 发送的内容超过模型上限（{2} GB）。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} speaks of frame {2}, and {3} has {4}; give it an earlier end.</source>
      <translation>{1} 提到第 {2} 帧，而 {3} 只有 {4}；请设更早的结尾。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} still has masks or expressions; remove them first.</source>
      <translation>{1} 仍有掩码或表达；请先删除。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} still has referents or expressions; remove them first.</source>
      <translation>{1} 仍有对象或表达；请先删除。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/strangers.py</extracomment>
      <source>{1} was changed by another program while it was open; save the project under another name, and open that to see what both have written.</source>
      <translation>{1} 在打开期间被其他程序修改；请将项目另存，并打开原文件查看双方写入的内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_sequence.py</extracomment>
      <source>{1} was closed; open it again.</source>
      <translation>{1} 已关闭；请重新打开。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/strangers.py</extracomment>
      <source>{1} was moved, deleted or replaced while it was open; save the project under another name, nothing is lost yet.</source>
      <translation>{1} 在打开期间被移动、删除或替换；请将项目另存，目前尚未丢失任何内容。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} was not fetched, for REFSEG_OFFLINE forbids the network; unset it to fetch models.</source>
      <translation>未获取 {1}，因为 REFSEG_OFFLINE 禁止联网；取消该设置即可获取模型。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/jobs.py</extracomment>
      <source>{1} was not started because the program is closing.</source>
      <translation>程序正在关闭，未启动 {1}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/strangers.py</extracomment>
      <source>{1} was overwritten by another program while it was open; go back to a copy of it, and keep this window open until then to see what its latest edits were.</source>
      <translation>{1} 在打开期间被其他程序覆盖；请使用副本，并在此之前保持此窗口打开以查看最近的修改。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/schema.py</extracomment>
      <source>{1} was written by a newer RefSeg Annotator (format {2}, this one reads up to {3}); update the program.</source>
      <translation>{1} 由更新的 RefSeg Annotator 写入（格式 {2}，本程序最高支持 {3}）；请更新程序。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/schema.py</extracomment>
      <source>{1} was written by an older RefSeg Annotator; open it once for writing, which brings it up to date.</source>
      <translation>{1} 由旧版 RefSeg Annotator 写入；请以可写方式打开一次以升级。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/schema.py</extracomment>
      <source>{1} {2}; choose a file that ends in .refseg, or go back to a copy.</source>
      <translation>{1} {2}；请选择以 .refseg 结尾的文件，或使用副本。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{area:,} px, under 0.1 %</source>
      <translation>{area:,} px，不足 0.1 %</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{area:,} px, {share:.1%} of the picture</source>
      <translation>{area:,} px，占图片的 {share:.1%}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>{brush} paints, {eraser} erases; hold Ctrl for the other. {undo} takes anything back.</source>
      <translation>{brush} 绘制，{eraser} 擦除；按住 Ctrl 则相反。{undo} 可撤销任何操作。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{count:,} click</source>
      <translation>{count:,} 次单击</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{count:,} clicks</source>
      <translation>{count:,} 次单击</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>{count:,} clip</source>
      <translation>{count:,} 个片段</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>{count:,} clips</source>
      <translation>{count:,} 个片段</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>{count:,} file could not be read.</source>
      <translation>{count:,} 个文件无法读取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>{count:,} files could not be read.</source>
      <translation>{count:,} 个文件无法读取。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>{count:,} files of this project are missing.</source>
      <translation>此项目缺失 {count:,} 个文件。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{count:,} frame</source>
      <translation>{count:,} 帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>{count:,} frame, {times}</source>
      <translation>{count:,} 帧，{times}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{count:,} frames</source>
      <translation>{count:,} 帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>{count:,} frames, {times}</source>
      <translation>{count:,} 帧，{times}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>{count:,} group of look-alikes is kept together.</source>
      <translation>{count:,} 组相似图片放在一起。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>{count:,} group stays torn, for its pictures keep the splits they have.</source>
      <translation>{count:,} 组仍被拆开，因为其图片保留原有划分。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>{count:,} groups of look-alikes are kept together.</source>
      <translation>{count:,} 组相似图片放在一起。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>{count:,} groups stay torn, for their pictures keep the splits they have.</source>
      <translation>{count:,} 组仍被拆开，因为其图片保留原有划分。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>{count:,} mask to review</source>
      <translation>{count:,} 个掩码待检查</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>{count:,} masks to review</source>
      <translation>{count:,} 个掩码待检查</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>{count:,} media, {reviewed:,} reviewed</source>
      <translation>{count:,} 个媒体，{reviewed:,} 个已检查</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>{count:,} medium, {reviewed:,} reviewed</source>
      <translation>{count:,} 个媒体，{reviewed:,} 个已检查</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>{count:,} phrase</source>
      <translation>{count:,} 条短语</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>{count:,} phrases</source>
      <translation>{count:,} 条短语</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>{count:,} picture</source>
      <translation>{count:,} 张图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>{count:,} pictures</source>
      <translation>{count:,} 张图片</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>{count:,} probably not here</source>
      <translation>{count:,} 个可能不存在</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>{count:,} referent</source>
      <translation>{count:,} 个对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>{count:,} referents</source>
      <translation>{count:,} 个对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{count:,} stroke</source>
      <translation>{count:,} 笔</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{count:,} strokes</source>
      <translation>{count:,} 笔</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{count} arrived before.</source>
      <translation>此前已得到 {count}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>{count} could not be read: {first}</source>
      <translation>{count} 个无法读取：{first}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{count} on offer in another clip.</source>
      <translation>另一片段中有 {count} 待接受。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{count} on offer.</source>
      <translation>{count} 待接受。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_strip.py</extracomment>
      <source>{diameter:.0f} px</source>
      <translation>{diameter:.0f} px</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>{done:,} of {total:,}</source>
      <translation>{done:,} / {total:,}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/bridge.py</extracomment>
      <source>{error} Your edits wait in memory and are tried again.</source>
      <translation>{error} 您的编辑保留在内存中，并将重试写入。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>{frames_words}: {why_words} Drift {score:.0%}.</source>
      <translation>{frames_words}：{why_words} 漂移 {score:.0%}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>{key} is free.</source>
      <translation>{key} 可用。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>{key} is the key of “{action}”, which will go without it.</source>
      <translation>{key} 是“{action}”的按键，之后它将没有此按键。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keymap.py</extracomment>
      <source>{key} is the key of “{first}” already; “{second}” goes without it.</source>
      <translation>{key} 已是“{first}”的按键；“{second}”将没有此按键。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>{left:,} more to look at; press Q.</source>
      <translation>还有 {left:,} 处待查看；按 Q。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>{len} referents</source>
      <translation>{len} 个对象</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>{listed:,} of {total:,}</source>
      <translation>{listed:,} / {total:,}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{masks:,} masks on {told}</source>
      <translation>{told}上的 {masks:,} 个掩码</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>{milliseconds:.0f} ms ({get})</source>
      <translation>{milliseconds:.0f} ms（{get}）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/frame_loader.py</extracomment>
      <source>{name!r} has {count:,} frame now, and had {before:,} when its masks were drawn; see whether they still lie on the right frames.</source>
      <translation>{name!r} 现在有 {count:,} 帧，绘制掩码时有 {before:,} 帧；请检查掩码是否仍在正确的帧上。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/frame_loader.py</extracomment>
      <source>{name!r} has {count:,} frames now, and had {before:,} when its masks were drawn; see whether they still lie on the right frames.</source>
      <translation>{name!r} 现在有 {count:,} 帧，绘制掩码时有 {before:,} 帧；请检查掩码是否仍在正确的帧上。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/folder_desk.py</extracomment>
      <source>{name} is one clip of {count:,} frame.</source>
      <translation>{name} 是一个 {count:,} 帧的片段。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/folder_desk.py</extracomment>
      <source>{name} is one clip of {count:,} frames.</source>
      <translation>{name} 是一个 {count:,} 帧的片段。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>{name} is open already.</source>
      <translation>{name} 已打开。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/help_desk.py</extracomment>
      <source>{name} is written. Nothing was sent; read it first.</source>
      <translation>已写入 {name}。未发送任何内容；请先查看。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>{name} runs on {device}; doctor --benchmark measures it here.</source>
      <translation>{name} 运行于 {device}；doctor --benchmark 可在此测量。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>{name} {version}, {size} MB, comes under this licence: {licence}</source>
      <translation>{name} {version}，{size} MB，许可证：{licence}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>{number} frames</source>
      <translation>{number} 帧</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>{one} and {other}</source>
      <translation>{one}和{other}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>{path!r} cannot be written ({why}); choose another folder.</source>
      <translation>无法写入 {path!r}（{why}）；请选择其他文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>{pictures}: {masks}, {absent}.</source>
      <translation>{pictures}：{masks}，{absent}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>{problem} Enter accepts, Esc rejects.</source>
      <translation>{problem} 按 Enter 接受，按 Esc 拒绝。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>{rate} a second</source>
      <translation>每秒 {rate}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>{rate} a second on average; the times are exact once the clip is open</source>
      <translation>平均每秒 {rate}；片段打开后时间即为准确值</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>{rate} a second on average; the times are the clip's own, frame by frame</source>
      <translation>平均每秒 {rate}；时间为片段自身逐帧的时间</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>{so_far}, {max} s left</source>
      <translation>{so_far}，剩余 {max} 秒</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>{so_far}, {round} min left</source>
      <translation>{so_far}，剩余 {round} 分钟</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>{start} to {end}</source>
      <translation>{start} 至 {end}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>{str!r} cannot be written; choose another folder.</source>
      <translation>无法写入 {str!r}；请选择其他文件夹。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>{summary}
{value:.1f} million weights, {licence}</source>
      <translation>{summary}
{value:.1f} 百万个权重，{licence}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>{text!r} is neither a frame nor a time; type a number such as 120, or 0:04.8.</source>
      <translation>{text!r} 既不是帧号也不是时间；请输入如 120 或 0:04.8。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{text!r} is no span of frames; write such as 12-40, or nothing for all.</source>
      <translation>{text!r} 不是帧范围；请写如 12-40，留空表示全部。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>{tip} M goes on to the next.</source>
      <translation>{tip} 按 M 切换到下一个。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{tip} or {also}</source>
      <translation>{tip} 或 {also}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>{title} (1 of {len})</source>
      <translation>{title}（1 / {len}）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>{title} was stopped.</source>
      <translation>已停止：{title}。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>{title}: nothing to change in this mask.</source>
      <translation>{title}：此掩码无需更改。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>{upper}{value} on offer: Enter accepts.</source>
      <translation>{upper}{value} 待接受：按 Enter 接受。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>{value:.1f} MB, {value_2:.1f} M</source>
      <translation>{value:.1f} MB，{value_2:.1f} M</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>{value} frames of the clip voted on this mask.</source>
      <translation>此掩码由视频中的 {value} 帧投票得出。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>{value}. Esc stops it.</source>
      <translation>{value}。按 Esc 停止。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>{what}; {words} words a phrase</source>
      <translation>{what}；每句 {words} 个词</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{who} {said}: agreement {agreement}</source>
      <translation>{who}{said}：一致度 {agreement}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>{words} (and {value} more)</source>
      <translation>{words}（另有 {value} 项）</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{words}, by {author}</source>
      <translation>{words}，作者 {author}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting.py</extracomment>
      <source>“{title}” is hidden; show it to change its mask.</source>
      <translation>“{title}”已隐藏；请先显示它再更改其掩码。</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting.py</extracomment>
      <source>“{title}” is locked; unlock it to change its mask.</source>
      <translation>“{title}”已锁定；请先解锁再更改其掩码。</translation>
    </message>
  </context>
</TS>
