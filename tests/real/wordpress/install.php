<?php
/* Installs a site from nothing: an administrator, the desk's Editor with an application password,
 * a Subscriber. Prints what a test needs as JSON. Run with the address as the only argument. */
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = $argv[1];
$_SERVER['REQUEST_URI'] = '/';
require __DIR__ . '/site/wp-config.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

function wp_new_blog_notification($title, $url, $user, $password) {}

wp_install('Northwind help', 'admin', 'admin@example.test', true, '', 'made-up-password');
update_option('permalink_structure', '/%postname%/');
// A comment is public at once, unless it has a word that the test holds back.
update_option('comment_moderation', '0');
update_option('comment_previously_approved', '0');
update_option('moderation_keys', 'hold-me');

function person($name, $role) {
    $number = wp_insert_user(array('user_login' => $name, 'user_pass' => 'made-up-password',
        'user_email' => "$name@example.test", 'display_name' => ucfirst($name), 'role' => $role));
    $made = WP_Application_Passwords::create_new_application_password($number, array('name' => 'desk'));
    return $made[0];
}

$post = wp_insert_post(array('post_title' => 'Network status', 'post_status' => 'publish',
    'post_content' => 'Ask below.', 'post_author' => 1));
echo json_encode(array('post' => $post, 'version' => get_bloginfo('version'),
    'desk' => person('desk', 'editor'), 'subscriber' => person('sam', 'subscriber'))), "\n";
